/*
 * build.c: the body of a function, which is valid, to structured statements and trees (tree.h).
 *
 * Blocks keep their nesting. A block that nothing branches to is spliced into its surroundings; results of blocks and
 * parameters of loops travel in variables. Code that can't be reached is skipped, so that the emitted Rust has no
 * statement that rustc would call unreachable.
 */
#include "build.h"

#include <stdlib.h>
#include <string.h>

static const uint8_t *block_results(const HkBlockType *type)
{
    return type->single ? &type->single : type->results;
}

static void begin_frame(HkBuilder *b, uint16_t op, HkBlockType type)
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
    *frame = (HkFrame){.op = op, .type = type, .height = (uint32_t)b->stack_count - type.param_count};
    frame->label = HK_NEW(b->arena, HkLabel);
    frame->label->id = b->label_count++;
    if (b->frame_count > b->tree->depth)
        b->tree->depth = (uint32_t)b->frame_count;
}

static uint32_t result_vars(HkBuilder *b, HkFrame *frame)
{
    if (!frame->results)
        frame->results = hk_build_vars(b, block_results(&frame->type), frame->type.result_count) + 1;
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
static void become_unreachable(HkBuilder *b)
{
    while (b->stack_count > hk_build_frame(b)->height)
        hk_build_release(b, hk_build_pop(b));
    b->reachable = false;
    b->nested = 0;
}

/* ---- variables --------------------------------------------------------------------------------------------------- */

static HkLocalUse *local_use(HkBuilder *b, uint32_t index)
{
    HkLocalUse *use = &b->space->uses[index];

    if (use->epoch == b->space->epoch)
        return use;
    *use = (HkLocalUse){.epoch = b->space->epoch};
    HkTree *tree = b->tree;
    if (tree->used_local_count == b->local_capacity) {
        b->local_capacity = b->local_capacity ? b->local_capacity * 2 : 16;
        uint32_t *wide = HK_NEW_ARRAY(b->arena, b->local_capacity, uint32_t);
        if (tree->used_local_count)
            memcpy(wide, tree->used_locals, tree->used_local_count * sizeof *wide);
        tree->used_locals = wide;
    }
    tree->used_locals[tree->used_local_count++] = index;
    return use;
}

static void push_local(HkBuilder *b, uint32_t index)
{
    HkNode *node = hk_build_node(b, HK_OP_LOCAL_GET, hk_local_type(&b->tree->locals, index), 0);

    node->index = index;
    node->effects = HK_E_LOCAL;
    hk_build_measure(b, node);
    local_use(b, index)->reads++;
    hk_build_push(b, node);
}

static void set_local(HkBuilder *b, uint32_t index)
{
    HkNode *node = b->stack[b->stack_count - 1];

    local_use(b, index)->writes++;
    hk_build_settle(b, (HkEvent){node->effects, index, 1});
    HkStmt *stmt = hk_build_stmt(b, HK_S_LOCAL);
    stmt->var = index;
    stmt->node = hk_build_pop(b);
}

static unsigned global_effects(const HkModule *m, const HkGlobal *g, bool write)
{
    if (g->imported && g->is_mutable)
        return HK_E_HOST;
    if (write)
        return HK_E_GLOBALS_W;
    return hk_global_kind(m, g) ? HK_E_GLOBALS_R : 0;
}

static void get_global(HkBuilder *b, uint32_t index)
{
    const HkGlobal *g = &b->m->globals[index];
    HkNode *node = hk_build_node(b, HK_OP_GLOBAL_GET, g->type, 0);

    node->index = index;
    node->effects = (uint16_t)global_effects(b->m, g, false);
    hk_build_measure(b, node);
    hk_build_push(b, node);
}

static void set_global(HkBuilder *b, uint32_t index)
{
    const HkGlobal *g = &b->m->globals[index];
    unsigned effects = global_effects(b->m, g, true);

    if (effects == HK_E_HOST || b->stack[b->stack_count - 1]->width + strlen(g->ident) > hk_build_limit(b))
        hk_build_atoms(b, 1, 0);
    hk_build_settle(b, (HkEvent){effects | b->stack[b->stack_count - 1]->effects, -1, 1});
    HkStmt *stmt = hk_build_stmt(b, HK_S_GLOBAL);
    stmt->var = index;
    stmt->node = hk_build_pop(b);
}

/* ---- branches ------------------------------------------------------------------------------------------------------ */

static uint32_t label_arity(const HkFrame *frame)
{
    return frame->op == HK_OP_LOOP ? frame->type.param_count : frame->type.result_count;
}

static void add_return(HkBuilder *b, HkNode **values, uint32_t count)
{
    HkStmt *stmt = hk_build_stmt(b, HK_S_RETURN);

    stmt->count = count;
    stmt->nodes = values;
}

/* Appends a branch that carries `values`; they are printed here, each once. */
static void add_branch(HkBuilder *b, uint32_t depth, HkNode **values)
{
    size_t target = b->frame_count - 1 - depth;

    if (target == 0) {
        add_return(b, values, label_arity(&b->frames[0]));
        return;
    }
    HkFrame *frame = &b->frames[target];
    bool loops = frame->op == HK_OP_LOOP;
    uint32_t count = label_arity(frame);
    uint32_t first = !count ? 0 : loops ? frame->params : result_vars(b, frame);
    for (uint32_t i = 0; i < count; i++)
        set_var(b, first + i, values[i]);
    HkStmt *stmt = hk_build_stmt(b, loops ? HK_S_CONTINUE : HK_S_BREAK);
    stmt->label = frame->label;
    frame->label->uses++;
}

/* The values on top of the stack for a branch that is sure to be taken: popped. */
static HkNode **pop_values(HkBuilder *b, uint32_t count, bool assigned)
{
    HkNode **values = HK_NEW_ARRAY(b->arena, count, HkNode *);
    uint32_t width = 0;

    for (uint32_t i = 0; i < count; i++)
        width += b->stack[b->stack_count - 1 - i]->width + 2;
    if ((count > 1 && assigned) || (count > 1 && width > hk_build_limit(b)))
        hk_build_atoms(b, count, 0);   /* parallel assignment; long tuples */
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

static void branch(HkBuilder *b, uint32_t depth)
{
    uint32_t arity = label_arity(&b->frames[b->frame_count - 1 - depth]);

    add_branch(b, depth, pop_values(b, arity, true));
    become_unreachable(b);
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

/* Values that stay on the stack, below `above` others, and are carried by branches too: each branch prints them. */
static HkNode **share_values(HkBuilder *b, uint32_t count, uint32_t above)
{
    HkNode **values = HK_NEW_ARRAY(b->arena, count, HkNode *);

    hk_build_atoms(b, count, above);
    for (uint32_t i = 0; i < count; i++)
        values[i] = b->stack[b->stack_count - above - count + i];
    return values;
}

static void add_shared_branch(HkBuilder *b, uint32_t depth, HkNode **values)
{
    uint32_t arity = label_arity(&b->frames[b->frame_count - 1 - depth]);

    for (uint32_t i = 0; i < arity; i++)
        hk_build_acquire(b, values[i]);
    add_branch(b, depth, values);
}

static void branch_if(HkBuilder *b, uint32_t depth)
{
    uint32_t arity = label_arity(&b->frames[b->frame_count - 1 - depth]);
    HkNode **values = share_values(b, arity, 1);

    hk_build_settle(b, (HkEvent){HK_E_CONTROL | b->stack[b->stack_count - 1]->effects, -1, 1});
    HkStmt *stmt = hk_build_stmt(b, HK_S_IF);
    stmt->node = hk_build_pop(b);
    HkBody outer = redirect(b);
    add_shared_branch(b, depth, values);
    stmt->body = restore(b, outer);
}

static HkBody arm_body(HkBuilder *b, uint32_t depth, HkNode **values)
{
    HkBody outer = redirect(b);

    add_shared_branch(b, depth, values);
    return restore(b, outer);
}

/* One arm for each run of equal targets; indices that go where the default goes need none. */
static void branch_table(HkBuilder *b)
{
    HkReader targets = b->instr.targets;
    uint32_t count = b->instr.target_count, run = 0;
    uint32_t *depths = HK_NEW_ARRAY(b->arena, (size_t)count + 1, uint32_t);

    for (uint32_t i = 0; i <= count; i++)
        depths[i] = hk_read_u32(&targets);
    uint32_t arity = label_arity(&b->frames[b->frame_count - 1 - depths[count]]);
    HkNode **values = share_values(b, arity, 1);
    hk_build_settle(b, (HkEvent){HK_E_CONTROL | b->stack[b->stack_count - 1]->effects, -1, 1});
    HkStmt *stmt = hk_build_stmt(b, HK_S_SWITCH);
    stmt->node = hk_build_pop(b);
    for (uint32_t i = 1; i <= count; i++)
        stmt->arm_count += depths[i] != depths[i - 1];
    stmt->arms = HK_NEW_ARRAY(b->arena, (size_t)stmt->arm_count + 1, HkArm);
    stmt->arm_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (depths[i + 1] == depths[i] && i + 1 < count)
            continue;
        if (depths[i] != depths[count])
            stmt->arms[stmt->arm_count++] = (HkArm){run, i, arm_body(b, depths[i], values)};
        run = i + 1;
    }
    stmt->otherwise = arm_body(b, depths[count], values);
    become_unreachable(b);
}

/* ---- blocks -------------------------------------------------------------------------------------------------------- */

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

static void begin_block(HkBuilder *b)
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
    HkNode **saved = condition ? share_values(b, type.param_count, 0) : NULL;
    begin_frame(b, b->instr.op, type);
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
    HkNode **values = pop_values(b, count, false);
    for (uint32_t i = 0; i < count; i++)
        set_var(b, first + i, values[i]);
}

static void begin_else(HkBuilder *b)
{
    HkFrame *frame = hk_build_frame(b);

    if (b->reachable)
        set_results(b, frame);
    frame->then_reachable = b->reachable;
    frame->then_body = frame->body;
    frame->body = (HkBody){0};
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

static bool is_lone(const HkBody *body, HkStmtKind kind, const HkLabel *label)
{
    return body->first && body->first == body->last && body->first->kind == kind && body->first->label == label;
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

    if (block->label->uses != 1 || !first || first->kind != HK_S_IF || first->otherwise.first || !first->next ||
        !is_lone(&first->body, HK_S_BREAK, block->label))
        return false;
    block->kind = HK_S_IF;
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
        !is_lone(&last->body, HK_S_CONTINUE, loop->label))
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
        become_unreachable(b);
        return;
    }
    b->reachable = true;
    push_results(b, frame);
}

static void end_block(HkBuilder *b, HkFrame *frame)
{
    bool reachable = b->reachable || frame->label->uses;

    drop_last_break(&frame->body, frame->label);
    HkFrame done = *frame;
    b->frame_count--;
    declare_results(b, &done);
    if (done.label->uses) {
        HkStmt *stmt = hk_build_stmt(b, HK_S_BLOCK);
        stmt->label = done.label;
        stmt->body = done.body;
        become_if(b, stmt);
    } else {
        append(&hk_build_frame(b)->body, done.body);
    }
    go_on(b, &done, reachable);
}

static void end_loop(HkBuilder *b, HkFrame *frame)
{
    HkFrame done = *frame;

    b->frame_count--;
    declare_results(b, &done);
    HkStmt *stmt = hk_build_stmt(b, HK_S_LOOP);
    stmt->label = done.label;
    stmt->body = done.body;
    stmt->falls = b->reachable;
    stmt->cost = done.cost;
    turn_last_continue(b, stmt);
    go_on(b, &done, b->reachable);
}

static void end_if(HkBuilder *b, HkFrame *frame)
{
    bool reachable = true;

    if (frame->op == HK_OP_ELSE) {
        reachable = b->reachable || frame->then_reachable || frame->label->uses;
    } else {   /* no else: the parameters are the results */
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
        tree->results = pop_values(b, frame->type.result_count, false);
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
    hk_build_frame(b)->cost += done.cost;
    if (!b->reachable)
        become_unreachable(b);
}

static void end_frame(HkBuilder *b)
{
    HkFrame *frame = hk_build_frame(b);

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

/* ---- instructions ------------------------------------------------------------------------------------------------ */

static uint16_t call_effects(uint16_t uses)
{
    unsigned effects = HK_E_TRAP;

    if (uses & HK_USE_ALL_MEMORY)
        effects |= HK_E_MEMORY_R;
    if (uses & (HK_USE_MEMORY_MUT | HK_USE_GROW))
        effects |= HK_E_MEMORY_W;
    if (uses & HK_USE_GLOBALS)
        effects |= HK_E_GLOBALS_R | HK_E_GLOBALS_W;
    if (uses & HK_USE_TABLE)
        effects |= HK_E_TABLE_R;
    if (uses & HK_USE_DROPPED)
        effects |= HK_E_DROPPED_R | HK_E_DROPPED_W;
    if (uses & HK_USE_HOST)
        effects |= HK_E_HOST;
    if (uses & HK_USE_FUEL)
        effects |= HK_E_FUEL;
    return (uint16_t)effects;
}

/* A tree with an effect that has no result is a statement at once. */
static void run(HkBuilder *b, HkNode *node)
{
    hk_build_settle(b, (HkEvent){node->effects, -1, 0});
    hk_build_stmt(b, HK_S_DO)->node = node;
}

/* Several results come as a tuple, taken apart at once. */
static void push_tuple(HkBuilder *b, HkNode *node, const HkFuncType *type)
{
    hk_build_settle(b, (HkEvent){node->effects, -1, 0});
    HkStmt *stmt = hk_build_stmt(b, HK_S_LET);
    stmt->node = node;
    stmt->count = type->result_count;
    stmt->var = hk_build_vars(b, type->results, type->result_count);
    b->tree->unformatted |= type->result_count * 7 > hk_build_limit(b);
    for (uint32_t i = 0; i < type->result_count; i++)
        hk_build_push(b, hk_build_var(b, stmt->var + i));
}

static void call(HkBuilder *b, uint16_t op, uint32_t index, const HkFuncType *type, uint16_t uses)
{
    uint32_t operands = type->param_count + (op == HK_OP_CALL_INDIRECT);
    HkNode *node = hk_build_node(b, op, type->result_count == 1 ? type->results[0] : HK_ANY, operands);

    node->index = index;
    node->effects = call_effects(uses);
    hk_build_take(b, node);
    if (!type->result_count) {
        run(b, node);
    } else if (type->result_count > 1) {
        push_tuple(b, node, type);
    } else {
        hk_build_push(b, node);
        /* A wide call is a statement of its own, and so is one after which the slice of the memory is taken anew. */
        if (node->width > hk_build_limit(b) || (uses & HK_USE_GROW))
            hk_build_atoms(b, 1, 0);
    }
}

static void select_value(HkBuilder *b)
{
    HkNode *node = hk_build_node(b, HK_OP_SELECT, b->stack[b->stack_count - 2]->type, 3);

    hk_build_take(b, node);
    hk_build_push(b, node);
}

static void drop_value(HkBuilder *b)
{
    HkNode *node = b->stack[b->stack_count - 1];

    if (node->effects & (HK_E_TRAP | HK_E_WRITES)) {
        hk_build_settle(b, (HkEvent){node->effects, -1, 1});
        hk_build_stmt(b, HK_S_DO)->node = hk_build_pop(b);
        return;
    }
    hk_build_release(b, hk_build_pop(b));
}

static uint8_t type_of_letter(char letter)
{
    return letter == 'i' ? HK_I32 : letter == 'I' ? HK_I64 : letter == 'f' ? HK_F32 : HK_F64;
}

/* Constants stand to the right of a commutative operation, where they read best and need no type. */
static void order_operands(const HkNode *node)
{
    HkNode **kids = node->kids;

    if (!hk_op_has(node->op, 'c') || kids[0]->op < HK_OP_I32_CONST || kids[0]->op > HK_OP_F64_CONST)
        return;
    HkNode *first = kids[0];
    kids[0] = kids[1];
    kids[1] = first;
}

static void operation(HkBuilder *b)
{
    const HkOpInfo *info = &hk_ops[b->instr.op];
    const char *colon = strchr(info->type, ':');
    bool has_result = colon[1] != '\0';
    HkNode *node = hk_build_node(b, b->instr.op, has_result ? type_of_letter(colon[1]) : HK_ANY,
                                 (uint32_t)(colon - info->type));

    node->index = b->instr.index;
    node->value = b->instr.value;
    node->effects = hk_op_effects(b->instr.op);
    if (b->instr.op == HK_OP_MEMORY_INIT && !b->m->data[node->index].droppable)
        node->effects &= (uint16_t)~HK_E_DROPPED_R;
    if (b->instr.op == HK_OP_MEMORY_GROW && !b->m->memory_grows)
        node->effects = HK_E_MEMORY_R;
    hk_build_take(b, node);
    if (node->count == 2)
        order_operands(node);
    if (!has_result) {
        run(b, node);
        return;
    }
    hk_build_push(b, node);
    if (b->instr.op == HK_OP_MEMORY_GROW && b->m->memory_grows)
        hk_build_atoms(b, 1, 0);
}

static void build_instr(HkBuilder *b)
{
    uint32_t index = b->instr.index;

    switch (b->instr.op) {
    case HK_OP_UNREACHABLE:
        hk_build_settle(b, (HkEvent){HK_E_TRAP | HK_E_CONTROL, -1, 0});
        hk_build_stmt(b, HK_S_TRAP);
        become_unreachable(b);
        break;
    case HK_OP_NOP: break;
    case HK_OP_BLOCK:
    case HK_OP_LOOP:
    case HK_OP_IF: begin_block(b); break;
    case HK_OP_ELSE: begin_else(b); break;
    case HK_OP_END: end_frame(b); break;
    case HK_OP_BR: branch(b, index); break;
    case HK_OP_BR_IF: branch_if(b, index); break;
    case HK_OP_BR_TABLE: branch_table(b); break;
    case HK_OP_RETURN:
        add_return(b, pop_values(b, b->frames[0].type.result_count, false), b->frames[0].type.result_count);
        become_unreachable(b);
        break;
    case HK_OP_CALL: call(b, HK_OP_CALL, index, hk_func_type(b->m, index), b->m->funcs[index].uses); break;
    case HK_OP_CALL_INDIRECT:
        index = b->m->types[index].canonical;
        b->m->types[index].dispatched = true;
        call(b, HK_OP_CALL_INDIRECT, index, &b->m->types[index], b->m->types[index].uses);
        break;
    case HK_OP_DROP: drop_value(b); break;
    case HK_OP_SELECT:
    case HK_OP_SELECT_T: select_value(b); break;
    case HK_OP_LOCAL_GET: push_local(b, index); break;
    case HK_OP_LOCAL_SET: set_local(b, index); break;
    case HK_OP_LOCAL_TEE:
        set_local(b, index);
        push_local(b, index);
        break;
    case HK_OP_GLOBAL_GET: get_global(b, index); break;
    case HK_OP_GLOBAL_SET: set_global(b, index); break;
    default: operation(b);
    }
}

/* In unreachable code only the nesting matters, up to the end or else of the block at hand. */
static void skip_instr(HkBuilder *b)
{
    if (hk_ops[b->instr.op].immediate == HK_IMM_BLOCK) {
        b->nested++;
    } else if (b->instr.op == HK_OP_END && b->nested) {
        b->nested--;
    } else if (!b->nested && (b->instr.op == HK_OP_END || b->instr.op == HK_OP_ELSE)) {
        build_instr(b);
    }
}

static int compare_uint(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* Fuel is counted where control passes: once a call, and once each turn of a loop. */
static void count_cost(HkBuilder *b)
{
    for (size_t i = b->frame_count; i-- > 0;)
        if (b->frames[i].op == HK_OP_LOOP || i == 0) {
            b->frames[i].cost++;
            return;
        }
}

static void prepare_uses(HkBuilder *b, uint32_t locals)
{
    HkTreeSpace *space = b->space;
    size_t had = space->uses_capacity;

    space->uses = hk_grow(b->m->ctx, space->uses, &space->uses_capacity, locals, sizeof *space->uses);
    if (space->uses_capacity > had)
        memset(space->uses + had, 0, (space->uses_capacity - had) * sizeof *space->uses);
    space->epoch++;
    b->tree->uses = space->uses;
}

void hk_tree_build(HkModule *m, HkTreeSpace *space, uint32_t function, HkTree *tree)
{
    const HkFunc *f = &m->funcs[function];
    const HkFuncType *type = &m->types[f->type];
    HkBuilder b = {.m = m, .tree = tree, .space = space, .arena = &m->ctx->scratch, .reachable = true};

    hk_arena_reset(b.arena);
    *tree = (HkTree){.function = function};
    b.r = (HkReader){m->ctx, m->bytes, f->body, f->body_end};
    hk_read_locals(m, type, &b.r, &tree->locals);
    prepare_uses(&b, tree->locals.count);
    for (uint32_t i = 0; i < type->param_count; i++)
        local_use(&b, i);
    begin_frame(&b, HK_OP_BLOCK, (HkBlockType){.result_count = type->result_count, .results = type->results});
    while (b.frame_count) {
        hk_read_instr(&b.r, &b.instr);
        if (!b.reachable) {
            skip_instr(&b);
            continue;
        }
        if (m->options->fuel)
            count_cost(&b);
        build_instr(&b);
    }
    tree->cost = b.frames[0].cost + 1;
    if (tree->used_local_count)
        qsort(tree->used_locals, tree->used_local_count, sizeof *tree->used_locals, compare_uint);
}

/* Columns of an operation's own text: all of it but the placeholders. */
void hk_tree_space_init(HkModule *m, HkTreeSpace *space)
{
    space->op_width = hk_arena_alloc(&m->ctx->arena, HK_OP_COUNT);
    for (uint16_t op = 0; op < HK_OP_COUNT; op++) {
        const char *rust = hk_ops[op].rust;
        size_t width = strlen(rust);
        for (; *rust; rust++)
            width -= *rust == '$' || *rust == '^' || *rust == '~' ? 2 : *rust == '@' ? 1 : 0;
        if (m->options->canonical_nan && hk_op_has(op, 'n'))
            width += strlen("f64_canonical()");
        space->op_width[op] = (uint8_t)width;
    }
}
