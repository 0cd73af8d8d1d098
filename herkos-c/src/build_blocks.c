/*
 * build_blocks.c: structured control: blocks, branches and the variables that carry values across
 * them.
 *
 * Blocks keep their nesting. A block that nothing branches to is spliced into its surroundings;
 * results of blocks and parameters of loops travel in variables. Two idioms of compilers are turned
 * into what a person would write: a block that begins with a conditional branch out of it is an if,
 * a loop that ends in a conditional branch back breaks when the condition fails.
 */
#include "build.h"

#include <string.h>

void hk_build_begin_frame(HkBuilder *b, uint16_t op, HkBlockType type)
{
    if (b->frame_count == b->frame_capacity) {
        size_t capacity = b->frame_capacity ? b->frame_capacity * 2 : 16;
        HkFrame *frames = HK_NEW_ARRAY(b->arena, capacity, HkFrame);
        if (b->frame_count)
            memcpy(frames, b->frames, b->frame_count * sizeof *frames);
        b->frames = frames;
        b->frame_capacity = capacity;
    }
    HkFrame *frame = &b->frames[b->frame_count++];
    *frame =
        (HkFrame){.op = op, .type = type, .height = (uint32_t)b->stack_count - type.param_count};
    frame->label = HK_NEW(b->arena, HkLabel);
    frame->label->id = b->label_count++;
    frame->offset = (uint32_t)b->instr.offset;
    if (op == HK_OP_LOOP)
        hk_live_begin_loop(b);
}

static uint32_t result_vars(HkBuilder *b, HkFrame *frame)
{
    if (!frame->results)
        frame->results =
            hk_build_vars(b, hk_block_results(&frame->type), frame->type.result_count) + 1;
    return frame->results - 1;
}

static void set_var(HkBuilder *b, uint32_t var, HkNode *node)
{
    HkStmt *stmt = hk_build_stmt(b, HK_S_SET);

    stmt->var = var;
    stmt->node = node;
    b->tree->vars[var].writes++;
}

/* Forgets what is above the frame's floor: control never comes here. */
void hk_build_unreachable(HkBuilder *b)
{
    while (b->stack_count > hk_build_frame(b)->height)
        hk_build_release(b, hk_build_pop(b));
    b->reachable = false;
    b->nested = 0;
}

/* ---- branches ---- */

uint32_t hk_build_label_arity(const HkFrame *frame)
{
    return frame->op == HK_OP_LOOP ? frame->type.param_count : frame->type.result_count;
}

void hk_build_return(HkBuilder *b, HkNode **values, uint32_t count)
{
    HkStmt *stmt = hk_build_stmt(b, HK_S_RETURN);

    stmt->count = count;
    stmt->nodes = values;
}

/* Parameters of a loop are assigned at once (2.0: 4.4.8): a value that is another parameter of it
 * is copied first. */
static void copy_params(HkBuilder *b, uint32_t first, HkNode **values, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const HkNode *value = values[i];
        if (value->op != HK_OP_VAR || value->index - first >= count || value->index == first + i)
            continue;
        HkStmt *stmt = hk_build_stmt(b, HK_S_LET);
        stmt->node = values[i];
        stmt->count = 1;
        stmt->var = hk_build_vars(b, &value->type, 1);
        values[i] = hk_build_var(b, stmt->var);
    }
}

/* Appends a branch that carries `values`; they are printed here, each once. */
static void add_branch(HkBuilder *b, uint32_t depth, HkNode **values)
{
    size_t target = b->frame_count - 1 - depth;

    if (target == 0) {
        hk_build_return(b, values, hk_build_label_arity(&b->frames[0]));
        return;
    }
    HkFrame *frame = &b->frames[target];
    bool loops = frame->op == HK_OP_LOOP;
    uint32_t count = hk_build_label_arity(frame);
    hk_build_spend(b, count);
    uint32_t first = !count ? 0 : loops ? frame->params : result_vars(b, frame);
    if (loops)
        copy_params(b, first, values, count);
    for (uint32_t i = 0; i < count; i++)
        set_var(b, first + i, values[i]);
    HkStmt *stmt = hk_build_stmt(b, loops ? HK_S_CONTINUE : HK_S_BREAK);
    stmt->label = frame->label;
    frame->label->uses++;
}

/* The values on top of the stack for a branch that is sure to be taken: popped. */
HkNode **hk_build_values(HkBuilder *b, uint32_t count, bool assigned)
{
    HkNode **values = HK_NEW_ARRAY(b->arena, count, HkNode *);
    uint32_t width = 0;

    for (uint32_t i = 0; i < count; i++)
        width += b->stack[b->stack_count - 1 - i]->width + 2;
    if ((count > 1 && assigned) || (count > 1 && width > hk_build_limit(b)))
        hk_build_atoms(b, count, 0); /* parallel assignment; long tuples */
    if (count > 1 && width > hk_build_limit(b))
        b->tree->unformatted |= count * 8 > hk_build_limit(b);
    unsigned effects = HK_E_CONTROL;
    for (uint32_t i = 0; i < count; i++)
        effects |= b->stack[b->stack_count - 1 - i]->effects;
    hk_build_settle(b, (HkEvent){effects, -1, count});
    while (count)
        values[--count] = hk_build_pop(b);
    return values;
}

void hk_build_branch(HkBuilder *b, uint32_t depth)
{
    uint32_t arity = hk_build_label_arity(&b->frames[b->frame_count - 1 - depth]);

    add_branch(b, depth, hk_build_values(b, arity, true));
    hk_build_unreachable(b);
}

/* Statements built between the two go to a body of their own. */
static HkBody redirect(HkBuilder *b)
{
    HkBody outer = hk_build_frame(b)->body;

    hk_build_frame(b)->body = (HkBody){0};
    return outer;
}

static HkBody restore(HkBuilder *b, HkBody outer)
{
    HkBody inner = hk_build_frame(b)->body;

    hk_build_frame(b)->body = outer;
    return inner;
}

/* Values that stay on the stack, below `above` others, and are carried by branches too: each branch
 * prints them. */
HkNode **hk_build_shared_values(HkBuilder *b, uint32_t count, uint32_t above)
{
    HkNode **values = HK_NEW_ARRAY(b->arena, count, HkNode *);

    hk_build_atoms(b, count, above);
    for (uint32_t i = 0; i < count; i++)
        values[i] = b->stack[b->stack_count - above - count + i];
    return values;
}

/* A body that branches with them; each has its own copy, since a branch may replace values. */
HkBody hk_build_shared_branch(HkBuilder *b, uint32_t depth, HkNode **values)
{
    uint32_t arity = hk_build_label_arity(&b->frames[b->frame_count - 1 - depth]);
    HkNode **own = HK_NEW_ARRAY(b->arena, arity, HkNode *);
    HkBody outer = redirect(b);

    for (uint32_t i = 0; i < arity; i++) {
        own[i] = values[i];
        hk_build_acquire(b, own[i]);
    }
    add_branch(b, depth, own);
    return restore(b, outer);
}

void hk_build_branch_if(HkBuilder *b, uint32_t depth)
{
    uint32_t arity = hk_build_label_arity(&b->frames[b->frame_count - 1 - depth]);
    HkNode **values = hk_build_shared_values(b, arity, 1);

    hk_build_settle(b, (HkEvent){HK_E_CONTROL | b->stack[b->stack_count - 1]->effects, -1, 1});
    HkStmt *stmt = hk_build_stmt(b, HK_S_IF);
    stmt->node = hk_build_pop(b);
    stmt->body = hk_build_shared_branch(b, depth, values);
}

/* ---- blocks ---- */

static void begin_loop_params(HkBuilder *b, HkFrame *frame)
{
    uint32_t count = frame->type.param_count;
    size_t base = b->stack_count - count;

    if (!count)
        return;
    frame->params = hk_build_vars(b, frame->type.params, count);
    for (uint32_t i = 0; i < count; i++) {
        HkStmt *stmt = hk_build_stmt(b, HK_S_LET);
        stmt->var = frame->params + i;
        stmt->count = 1;
        stmt->node = b->stack[base + i];
        b->stack[base + i] = hk_build_var(b, stmt->var);
    }
}

void hk_build_begin_block(HkBuilder *b)
{
    HkBlockType type;
    HkNode *condition = NULL;

    hk_block_type(b->m, b->instr.block, &type);
    if (b->instr.op == HK_OP_IF) {
        hk_build_spill_all(b, 1);
        condition = hk_build_pop(b);
    } else {
        hk_build_spill_all(b, 0);
    }
    HkFrame loop = {.type = type};
    if (b->instr.op == HK_OP_LOOP)
        begin_loop_params(b, &loop);
    HkNode **saved = condition ? hk_build_shared_values(b, type.param_count, 0) : NULL;
    hk_build_begin_frame(b, b->instr.op, type);
    HkFrame *frame = hk_build_frame(b);
    frame->params = loop.params;
    frame->condition = condition;
    frame->saved = saved;
}

/* The results on top of the stack go to the frame's variables. */
static void set_results(HkBuilder *b, HkFrame *frame)
{
    uint32_t count = frame->type.result_count;

    if (!count)
        return;
    uint32_t first = result_vars(b, frame);
    HkNode **values = hk_build_values(b, count, false);
    for (uint32_t i = 0; i < count; i++)
        set_var(b, first + i, values[i]);
}

void hk_build_begin_else(HkBuilder *b)
{
    HkFrame *frame = hk_build_frame(b);

    if (b->reachable)
        set_results(b, frame);
    frame->then_reachable = b->reachable;
    frame->then_body = frame->body;
    frame->body = (HkBody){0};
    frame->switch_block = NULL;
    frame->op = HK_OP_ELSE;
    b->reachable = true;
    b->stack_count = frame->height;
    b->settled = b->stack_count;
    for (uint32_t i = 0; i < frame->type.param_count; i++) {
        hk_build_acquire(b, frame->saved[i]);
        hk_build_push(b, frame->saved[i]);
    }
}

static void push_results(HkBuilder *b, const HkFrame *frame)
{
    for (uint32_t i = 0; i < frame->type.result_count; i++)
        hk_build_push(b, hk_build_var(b, frame->results - 1 + i));
}

static void append(HkBody *to, HkBody from)
{
    if (!from.first)
        return;
    if (to->last)
        to->last->next = from.first;
    else
        to->first = from.first;
    to->last = from.last;
}

/* A break to the block that it ends is no break at all. */
static void drop_last_break(HkBody *body, HkLabel *label)
{
    if (!body->last || body->last->kind != HK_S_BREAK || body->last->label != label)
        return;
    body->last->kind = HK_S_NOP;
    label->uses--;
}

static HkNode *negate(HkBuilder *b, HkNode *condition)
{
    HkNode *node = hk_build_node(b, HK_OP_I32_EQZ, HK_I32, 1);

    node->kids[0] = condition;
    hk_build_measure(b, node);
    return node;
}

/* { if c { break 'b } rest }, with no other use of 'b, is if !c { rest }. */
static bool become_if(HkBuilder *b, HkStmt *block)
{
    HkStmt *first = block->body.first;

    if (block->label->uses != 1 || !first || first->kind != HK_S_IF || first->otherwise.first ||
        !first->next || !hk_is_lone(&first->body, HK_S_BREAK, block->label))
        return false;
    block->kind = HK_S_IF;
    block->offset = first->offset;
    block->node = negate(b, first->node);
    block->body.first = first->next;
    block->label->uses = 0;
    return true;
}

/* A loop that ends in a conditional continue leaves when the condition fails. */
static void turn_last_continue(HkBuilder *b, HkStmt *loop)
{
    HkStmt *last = loop->body.last;

    if (!loop->falls || !last || last->kind != HK_S_IF || last->otherwise.first ||
        !hk_is_lone(&last->body, HK_S_CONTINUE, loop->label))
        return;
    last->node = negate(b, last->node);
    last->body.first->kind = HK_S_BREAK;
    loop->falls = false;
}

static void declare_results(HkBuilder *b, const HkFrame *frame)
{
    if (!frame->results)
        return;
    HkStmt *stmt = hk_build_stmt(b, HK_S_DECLARE);
    stmt->var = frame->results - 1;
    stmt->count = frame->type.result_count;
}

/* Control goes on behind the block, its results on the stack, or it doesn't. */
static void go_on(HkBuilder *b, const HkFrame *frame, bool reachable)
{
    if (!reachable) {
        hk_build_unreachable(b);
        return;
    }
    b->reachable = true;
    push_results(b, frame);
}

/* A jump to `label` that is in no body yet. */
static HkStmt *jump_to(HkBuilder *b, HkLabel *label)
{
    HkStmt *stmt = HK_NEW(b->arena, HkStmt);

    stmt->kind = HK_S_BREAK;
    stmt->label = label;
    return stmt;
}

static void end_block(HkBuilder *b, HkFrame *frame)
{
    bool reachable = b->reachable || frame->label->uses;

    if (hk_build_fold_switch(frame, b->reachable ? jump_to(b, frame->label) : NULL))
        frame->label->uses += b->reachable;
    drop_last_break(&frame->body, frame->label);
    HkFrame done = *frame;
    b->frame_count--;
    declare_results(b, &done);
    if (done.label->uses) {
        HkStmt *stmt = hk_build_stmt(b, HK_S_BLOCK);
        stmt->label = done.label;
        stmt->body = done.body;
        if (!become_if(b, stmt))
            hk_build_note_switch(hk_build_frame(b), stmt);
    } else {
        append(&hk_build_frame(b)->body, done.body);
    }
    go_on(b, &done, reachable);
}

static void end_loop(HkBuilder *b, HkFrame *frame)
{
    bool falls = b->reachable;

    if (hk_build_fold_switch(frame, falls ? jump_to(b, frame->label) : NULL)) {
        frame->label->uses += falls;
        falls = false;
    }
    HkFrame done = *frame;

    b->frame_count--;
    declare_results(b, &done);
    HkStmt *stmt = hk_build_stmt(b, HK_S_LOOP);
    stmt->label = done.label;
    stmt->body = done.body;
    stmt->offset = done.offset;
    stmt->falls = falls;
    stmt->cost = done.cost;
    turn_last_continue(b, stmt);
    go_on(b, &done, b->reachable);
}

static void end_if(HkBuilder *b, HkFrame *frame)
{
    bool reachable = true;

    if (frame->op == HK_OP_ELSE) {
        reachable = b->reachable || frame->then_reachable || frame->label->uses;
    } else { /* no else: the parameters are the results */
        frame->then_body = frame->body;
        frame->body = (HkBody){0};
        for (uint32_t i = 0; i < frame->type.result_count; i++) {
            hk_build_acquire(b, frame->saved[i]);
            set_var(b, result_vars(b, frame) + i, frame->saved[i]);
        }
    }
    drop_last_break(&frame->then_body, frame->label);
    drop_last_break(&frame->body, frame->label);
    HkFrame done = *frame;
    b->frame_count--;
    declare_results(b, &done);
    HkBody outer = redirect(b);
    HkStmt *stmt = hk_build_stmt(b, HK_S_IF);
    stmt->offset = done.offset;
    stmt->node = done.condition;
    stmt->body = done.then_body;
    stmt->otherwise = done.body;
    HkBody body = restore(b, outer);
    if (done.label->uses) {
        stmt = hk_build_stmt(b, HK_S_BLOCK);
        stmt->label = done.label;
        stmt->body = body;
    } else {
        append(&hk_build_frame(b)->body, body);
    }
    go_on(b, &done, reachable);
}

static void end_function(HkBuilder *b, HkFrame *frame)
{
    HkTree *tree = b->tree;

    tree->falls = b->reachable;
    if (b->reachable)
        tree->results = hk_build_values(b, frame->type.result_count, false);
    HkStmt *leave = b->reachable ? HK_NEW(b->arena, HkStmt) : NULL;
    if (leave) {
        leave->kind = HK_S_RETURN;
        leave->nodes = tree->results;
        leave->count = frame->type.result_count;
    }
    if (hk_build_fold_switch(frame, leave))
        tree->falls = false;
    tree->body = frame->body;
    b->frame_count--;
}

/* A block that nothing branches to needs no block: its results just stay on the stack. */
static bool is_spliced(const HkFrame *frame)
{
    return (frame->op == HK_OP_BLOCK || frame->op == HK_OP_LOOP) && !frame->label->uses;
}

static void splice(HkBuilder *b, HkFrame *frame)
{
    HkFrame done = *frame;

    b->frame_count--;
    append(&hk_build_frame(b)->body, done.body);
    if (done.switch_block)
        hk_build_frame(b)->switch_block = done.switch_block;
    hk_build_pay(b, done.cost);
    if (!b->reachable)
        hk_build_unreachable(b);
}

void hk_build_end_frame(HkBuilder *b)
{
    HkFrame *frame = hk_build_frame(b);

    if (frame->op == HK_OP_LOOP)
        hk_live_end_loop(b);
    if (b->frame_count == 1) {
        end_function(b, frame);
        return;
    }
    if (is_spliced(frame)) {
        splice(b, frame);
        return;
    }
    if (b->reachable)
        set_results(b, frame);
    if (frame->op == HK_OP_BLOCK)
        end_block(b, frame);
    else if (frame->op == HK_OP_LOOP)
        end_loop(b, frame);
    else
        end_if(b, frame);
}
