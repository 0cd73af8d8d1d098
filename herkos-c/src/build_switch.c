/*
 * build_switch.c: br_table as a match, with the code of its cases in the arms.
 *
 * Compilers emit a switch as a nest of blocks, one a case, with the br_table innermost:
 *
 *     block $b  block $a  br_table $a $b  end  code of $a  br ...  end  code of $b
 *
 * When a block ends in the match and nothing but one arm breaks to it, what follows the block is
 * that arm's code: it moves into the arm and the block goes. From the inside out the nest
 * dissolves, and with it its indentation, which is as deep as the switch has cases. Cases that fall
 * through into the next keep their block.
 */
#include "build.h"

#include <stdlib.h>

typedef struct Target {
    uint32_t depth, index;
} Target;

static int compare_targets(const void *a, const void *b)
{
    const Target *x = a, *y = b;

    if (x->depth != y->depth)
        return x->depth < y->depth ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static int compare_arms(const void *a, const void *b)
{
    const HkArm *x = a, *y = b;

    return (x->ranges->first > y->ranges->first) - (x->ranges->first < y->ranges->first);
}

/* The targets by label, but for those that go where the default goes. */
static Target *read_targets(HkBuilder *b, uint32_t *count, uint32_t *other)
{
    HkReader targets = b->instr.targets;
    uint32_t kept = 0;
    Target *list = HK_NEW_ARRAY(b->arena, b->instr.target_count, Target);

    for (uint32_t i = 0; i < b->instr.target_count; i++)
        list[i] = (Target){hk_read_u32(&targets), i};
    *other = hk_read_u32(&targets);
    for (uint32_t i = 0; i < b->instr.target_count; i++)
        if (list[i].depth != *other)
            list[kept++] = list[i];
    if (kept)
        qsort(list, kept, sizeof *list, compare_targets);
    *count = kept;
    return list;
}

/* Of numbers alone rustc makes one table of jumps; ranges among them it compares with one after the
 * other, those that the table has no entry for. In a switch with many ways that is as many
 * comparisons for some of its cases (SQLite's interpreter: 2 % of its time). With few, LLVM makes
 * the table or compares, whatever is better. */
static bool has_ranges(const Target *list, uint32_t count)
{
    enum { MANY = 8 };
    uint32_t labels = 0;

    for (uint32_t i = 0; i < count; i++)
        labels += !i || list[i].depth != list[i - 1].depth;
    return labels < MANY;
}

/* One arm a label, with its indices gathered to ranges if there are to be any. */
static void make_arms(HkBuilder *b, HkStmt *stmt, const Target *list, uint32_t count)
{
    HkRange *ranges = HK_NEW_ARRAY(b->arena, count, HkRange);
    uint32_t used = 0;
    bool gather = has_ranges(list, count);

    stmt->arms = HK_NEW_ARRAY(b->arena, (size_t)count + 1, HkArm);
    for (uint32_t i = 0; i < count; i++) {
        bool same = i && list[i].depth == list[i - 1].depth;
        if (gather && same && list[i].index == list[i - 1].index + 1) {
            ranges[used - 1].last = list[i].index;
            continue;
        }
        ranges[used] = (HkRange){list[i].index, list[i].index};
        if (!same)
            stmt->arms[stmt->arm_count++] = (HkArm){.ranges = &ranges[used]};
        stmt->arms[stmt->arm_count - 1].range_count++;
        b->tree->unformatted |=
            stmt->arms[stmt->arm_count - 1].range_count > 6; /* rustfmt breaks long patterns */
        used++;
    }
    if (stmt->arm_count)
        qsort(stmt->arms, stmt->arm_count, sizeof *stmt->arms, compare_arms);
}

static void fill_arm(HkBuilder *b, HkArm *arm, uint32_t depth, HkNode **values)
{
    arm->body = hk_build_shared_branch(b, depth, values);
    if (arm->body.first == arm->body.last && arm->body.first->kind == HK_S_BREAK)
        arm->body.first->label->arm = arm;
}

void hk_build_branch_table(HkBuilder *b)
{
    uint32_t count, other;
    Target *list = read_targets(b, &count, &other);
    if (!count) { /* all the same way */
        hk_build_drop(b);
        hk_build_branch(b, other);
        return;
    }
    uint32_t arity = hk_build_label_arity(&b->frames[b->frame_count - 1 - other]);
    HkNode **values = hk_build_shared_values(b, arity, 1);
    HkReader targets = b->instr.targets;

    hk_build_settle(b, (HkEvent){HK_E_CONTROL | b->stack[b->stack_count - 1]->effects, -1, 1});
    HkStmt *stmt = hk_build_stmt(b, HK_S_SWITCH);
    stmt->node = hk_build_pop(b);
    make_arms(b, stmt, list, count);
    uint32_t *depths = HK_NEW_ARRAY(b->arena, b->instr.target_count, uint32_t);
    for (uint32_t i = 0; i < b->instr.target_count; i++)
        depths[i] = hk_read_u32(&targets);
    for (uint32_t i = 0; i < stmt->arm_count; i++)
        fill_arm(b, &stmt->arms[i], depths[stmt->arms[i].ranges->first], values);
    fill_arm(b, &stmt->arms[stmt->arm_count++], other, values);
    hk_build_unreachable(b);
}

void hk_build_note_switch(HkFrame *frame, HkStmt *block)
{
    if (block->body.last && block->body.last->kind == HK_S_SWITCH)
        frame->switch_block = block;
}

/* The frame's body is complete. If a block in it ends in a switch of which one arm alone breaks to
   the block, the rest of the body becomes that arm, `leave` at its end (NULL if the end isn't
   reached); true if so. */
bool hk_build_fold_switch(HkFrame *frame, HkStmt *leave)
{
    HkStmt *block = frame->switch_block;

    if (!block || block->kind != HK_S_BLOCK || block->label->uses != 1 || !block->label->arm)
        return false;
    HkArm *arm = block->label->arm;
    HkStmt *last = block->body.last;
    if (arm->body.first->kind != HK_S_BREAK || arm->body.first->label != block->label)
        return false;
    arm->body.first = block->next;
    arm->body.last = block->next ? frame->body.last : NULL;
    if (leave && arm->body.last)
        arm->body.last->next = leave;
    else if (leave)
        arm->body.first = leave;
    if (leave)
        arm->body.last = leave;
    if (leave && leave->kind == HK_S_BREAK && arm->body.first == leave)
        leave->label->arm = arm;
    frame->body.last = last == block->body.first ? block : last;
    *block = *block->body.first; /* the block's place is taken by its contents */
    frame->switch_block = NULL;
    return true;
}
