/*
 * build.c: the body of a function, which is valid, to structured statements and trees (tree.h).
 *
 * Instructions push trees on the stack of build_stack.c or append statements to the body at hand.
 * Code that can't be reached is skipped, so that the emitted Rust has no statement that rustc would
 * call unreachable.
 */
#include "build.h"

#include <stdlib.h>
#include <string.h>

/* ---- variables ---- */

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
    HkLocalUse *use = local_use(b, index);
    hk_live_use(b, use, false);
    use->reads++;
    hk_build_push(b, node);
}

static void set_local(HkBuilder *b, uint32_t index)
{
    HkNode *node = b->stack[b->stack_count - 1];

    HkLocalUse *use = local_use(b, index);
    hk_live_use(b, use, true);
    use->writes++;
    hk_build_settle(b, (HkEvent){node->effects, index, 1});
    HkStmt *stmt = hk_build_stmt(b, HK_S_LOCAL);
    stmt->var = index;
    stmt->node = hk_build_pop(b);
}

static unsigned global_effects(const HkGlobal *g, bool write)
{
    switch (hk_global_place(g)) {
    case HK_GLOBAL_HOST: return HK_E_HOST;
    case HK_GLOBAL_STORED: return write ? HK_E_GLOBALS_W : HK_E_GLOBALS_R;
    case HK_GLOBAL_CONSTANT: break;
    }
    return 0;
}

static void get_global(HkBuilder *b, uint32_t index)
{
    const HkGlobal *g = &b->m->globals[index];
    HkNode *node = hk_build_node(b, HK_OP_GLOBAL_GET, g->type, 0);

    node->index = index;
    node->effects = (uint16_t)global_effects(g, false);
    hk_build_measure(b, node);
    hk_build_push(b, node);
}

static void set_global(HkBuilder *b, uint32_t index)
{
    const HkGlobal *g = &b->m->globals[index];
    unsigned effects = global_effects(g, true);

    if (effects == HK_E_HOST ||
        b->stack[b->stack_count - 1]->width + strlen(g->ident) > hk_build_limit(b))
        hk_build_atoms(b, 1, 0);
    hk_build_settle(b, (HkEvent){effects | b->stack[b->stack_count - 1]->effects, -1, 1});
    HkStmt *stmt = hk_build_stmt(b, HK_S_GLOBAL);
    stmt->var = index;
    stmt->node = hk_build_pop(b);
}

/* ---- instructions ---- */

static uint16_t call_effects(uint32_t uses)
{
    unsigned effects = HK_E_TRAP;

    if (uses & HK_USE_ALL_MEMORY)
        effects |= HK_E_MEMORY_R;
    if (uses & (HK_USE_MEMORY_MUT | HK_USE_GROW))
        effects |= HK_E_MEMORY_W;
    if (uses & HK_USE_GLOBALS)
        effects |= HK_E_GLOBALS_R | HK_E_GLOBALS_W;
    if (uses & (HK_USE_TABLES | HK_USE_ALL_LENT))
        effects |= HK_E_TABLE_R | HK_E_TABLE_W;
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
    b->tree->call_results += type->result_count;
    b->tree->unformatted |= type->result_count * 7 > hk_build_limit(b);
    for (uint32_t i = 0; i < type->result_count; i++)
        hk_build_push(b, hk_build_var(b, stmt->var + i));
}

static void call(HkBuilder *b, uint16_t op, uint32_t index, const HkFuncType *type, uint32_t uses)
{
    uint32_t operands = type->param_count + (op == HK_OP_CALL_INDIRECT);
    HkNode *node =
        hk_build_node(b, op, type->result_count == 1 ? type->results[0] : HK_ANY, operands);

    node->index = index;
    node->table = b->instr.table;
    node->effects = call_effects(uses);
    hk_build_take(b, node);
    if (!type->result_count) {
        run(b, node);
    } else if (type->result_count > 1) {
        push_tuple(b, node, type);
    } else {
        hk_build_push(b, node);
        /* A wide call is a statement of its own, and so is one after which the slice of the memory
         * is taken anew. */
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

/* Constants stand to the right of a commutative operation, where they read best and need no type.
 */
static void order_operands(const HkNode *node)
{
    HkNode **kids = node->kids;

    if (!(hk_ops[node->op].flags & HK_IS_COMMUTATIVE) || !hk_is_const(kids[0]) ||
        hk_is_const(kids[1]))
        return;
    HkNode *first = kids[0];
    kids[0] = kids[1];
    kids[1] = first;
}

/* Operands and result of an instruction; those on references and tables depend on the table. */
static uint32_t operands_of(const HkBuilder *b, uint8_t *result)
{
    const char *type = hk_ops[b->instr.op].type;
    const uint32_t count = (uint32_t)strcspn(type, ":");

    *result = HK_ANY;
    switch (b->instr.op) {
    case HK_OP_REF_NULL: *result = b->instr.type; return 0;
    case HK_OP_REF_FUNC: *result = HK_FUNCREF; return 0;
    case HK_OP_REF_IS_NULL: *result = HK_I32; return 1;
    case HK_OP_TABLE_GET: *result = b->m->tables[b->instr.index].type; return 1;
    case HK_OP_TABLE_SIZE: *result = HK_I32; return 0;
    case HK_OP_TABLE_GROW: *result = HK_I32; return 2;
    case HK_OP_TABLE_SET: return 2;
    case HK_OP_TABLE_FILL:
    case HK_OP_TABLE_COPY:
    case HK_OP_TABLE_INIT: return 3;
    case HK_OP_ELEM_DROP: return 0;
    default: break;
    }
    if (type[count] && type[count + 1])
        *result = hk_type_of_letter(type[count + 1]);
    return count;
}

static void operation(HkBuilder *b)
{
    uint8_t result;
    uint32_t operands = operands_of(b, &result);
    bool has_result = result != HK_ANY;
    HkNode *node = hk_build_node(b, b->instr.op, result, operands);

    node->index = b->instr.index;
    node->table = b->instr.table;
    node->value = b->instr.value;
    node->quiets = hk_build_needs_quieting(b, node->op, operands);
    node->effects = hk_ops[b->instr.op].flags & HK_E_ALL;
    if (b->instr.op == HK_OP_MEMORY_INIT && !b->m->data[node->index].droppable)
        node->effects &= (uint16_t)~HK_E_DROPPED_R;
    if (b->instr.op == HK_OP_TABLE_INIT && !b->m->elems[node->index].droppable)
        node->effects &= (uint16_t)~HK_E_DROPPED_R;
    if (b->instr.op == HK_OP_MEMORY_GROW)
        node->effects = !b->m->memory_grows   ? HK_E_MEMORY_R
                        : b->m->options->fuel ? HK_E_MEMORY_W | HK_E_TRAP
                                              : HK_E_MEMORY_W;
    if (b->instr.op == HK_OP_TABLE_GROW && b->m->options->fuel)
        node->effects |= HK_E_TRAP;
    if (b->m->memory_capped &&
        (b->instr.op == HK_OP_MEMORY_SIZE || b->instr.op == HK_OP_MEMORY_GROW))
        node->effects = 0;
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
        hk_build_unreachable(b);
        break;
    case HK_OP_NOP: break;
    case HK_OP_BLOCK:
    case HK_OP_LOOP:
    case HK_OP_IF: hk_build_begin_block(b); break;
    case HK_OP_ELSE: hk_build_begin_else(b); break;
    case HK_OP_END: hk_build_end_frame(b); break;
    case HK_OP_BR: hk_build_branch(b, index); break;
    case HK_OP_BR_IF: hk_build_branch_if(b, index); break;
    case HK_OP_BR_TABLE: hk_build_branch_table(b); break;
    case HK_OP_RETURN:
        hk_build_return(b, hk_build_values(b, b->frames[0].type.result_count, false),
                        b->frames[0].type.result_count);
        hk_build_unreachable(b);
        break;
    case HK_OP_CALL:
        call(b, HK_OP_CALL, index, hk_func_type(b->m, index), b->m->funcs[index].uses);
        break;
    case HK_OP_CALL_INDIRECT:
        index = b->m->types[index].canonical;
        call(b, HK_OP_CALL_INDIRECT, index, &b->m->types[index], b->m->types[index].uses);
        break;
    case HK_OP_DROP: hk_build_drop(b); break;
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

static void prepare_uses(HkBuilder *b, uint32_t locals)
{
    HkTreeSpace *space = b->space;
    size_t had = space->uses_capacity;

    space->uses =
        hk_grow(b->m->ctx, space->uses, &space->uses_capacity, locals, sizeof *space->uses);
    if (space->uses_capacity > had)
        memset(space->uses + had, 0, (space->uses_capacity - had) * sizeof *space->uses);
    space->epoch++;
    b->tree->uses = space->uses;
}

void hk_tree_build(HkModule *m, HkTreeSpace *space, uint32_t function, HkTree *tree)
{
    const HkFunc *f = &m->funcs[function];
    const HkFuncType *type = &m->types[f->type];
    HkBuilder b = {
        .m = m, .tree = tree, .space = space, .arena = &m->ctx->scratch, .reachable = true};

    hk_arena_reset(b.arena);
    *tree = (HkTree){.function = function};
    b.r = (HkReader){m->ctx, m->bytes, f->body, f->body_end};
    b.start = f->body;
    hk_read_locals(m, type, &b.r, &tree->locals);
    prepare_uses(&b, tree->locals.count);
    for (uint32_t i = 0; i < type->param_count; i++) {
        HkLocalUse *use = local_use(&b, i);
        use->first = use->last = b.start;
    }
    hk_build_begin_frame(
        &b, HK_OP_BLOCK,
        (HkBlockType){.result_count = type->result_count, .results = type->results});
    while (b.frame_count) {
        hk_read_instr(&b.r, &b.instr);
        if (!b.reachable) {
            skip_instr(&b);
            continue;
        }
        if (m->options->fuel)
            hk_build_pay(&b, 1);
        build_instr(&b);
    }
    tree->cost = b.frames[0].cost + 1;
    tree->labels = b.label_count;
    hk_live_finish(&b);
    if (tree->used_local_count)
        qsort(tree->used_locals, tree->used_local_count, sizeof *tree->used_locals, compare_uint);
}

/* Columns of an operation's own text: all of it but the placeholders of operands. */
void hk_tree_space_init(HkModule *m, HkTreeSpace *space)
{
    space->op_width = hk_arena_alloc(&m->ctx->arena, HK_OP_COUNT);
    for (size_t op = 0; op < HK_OP_COUNT; op++) {
        const char *rust = hk_ops[op].rust;
        size_t width = strlen(rust);
        for (; *rust; rust++)
            if (*rust == '#') /* up to two digits */
                width++;
            else
                width -= *rust == '$' || *rust == '^' || *rust == '~' ? 2 : *rust == '@' ? 1 : 0;
        if (hk_is_access(op))
            width += m->options->trace ? strlen("?") : strlen(HK_TRI "()");
        if (m->options->canonical_nan && (hk_ops[op].flags & HK_IS_NAN))
            width += hk_nan_prefix(op) + strlen("_canonical()");
        space->op_width[op] = (uint8_t)width;
    }
}
