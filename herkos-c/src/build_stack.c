/*
 * build_stack.c: the stack of pending trees.
 *
 * An operand on the WebAssembly stack is a tree that has not been printed yet. It may be printed
 * later than its instruction stands as long as nobody can tell; before a statement runs that could
 * (it writes what the tree reads, it may end the function before a trap of the tree, and so on),
 * the tree is spilled into a variable. Trees are spilled from the bottom up, so that they keep
 * their order among themselves.
 */
#include "build.h"

enum { MAX_PENDING = 48 }; /* bounds the work of one settle, whatever the input */

HkFrame *hk_build_frame(HkBuilder *b)
{
    return &b->frames[b->frame_count - 1];
}

/* Fuel is counted where control passes: once a call, and once each turn of a loop. */
void hk_build_pay(HkBuilder *b, uint32_t cost)
{
    for (size_t i = b->frame_count; i-- > 0;)
        if (b->frames[i].op == HK_OP_LOOP || i == 0) {
            b->frames[i].cost += cost;
            return;
        }
}

HkStmt *hk_build_stmt(HkBuilder *b, HkStmtKind kind)
{
    HkBody *body = &hk_build_frame(b)->body;
    HkStmt *stmt = HK_NEW(b->arena, HkStmt);

    stmt->kind = kind;
    stmt->offset = (uint32_t)b->instr.offset;
    if (body->last)
        body->last->next = stmt;
    else
        body->first = stmt;
    return body->last = stmt;
}

/* A few bytes can move a thousand values (calls and branches of many results): work and output are
   kept to a multiple of the function's size, which honest code never comes near. */
void hk_build_spend(HkBuilder *b, uint32_t values)
{
    b->spent += values;
    if (b->spent > 4 * (b->r.end - b->start) + 4000)
        hk_raise(b->m->ctx, HERKOS_PHASE_UNSUPPORTED, b->instr.offset,
                 "function %lu: too many values are passed between blocks and calls for its size",
                 (unsigned long)b->tree->function);
}

uint32_t hk_build_vars(HkBuilder *b, const uint8_t *types, uint32_t count)
{
    hk_build_spend(b, count);
    return hk_new_vars(b->arena, b->tree, types, count);
}

HkNode *hk_build_node(HkBuilder *b, uint16_t op, uint8_t type, uint32_t count)
{
    HkNode *node = HK_NEW(b->arena, HkNode);

    node->op = op;
    node->offset = (uint32_t)b->instr.offset;
    node->type = type;
    node->count = (uint16_t)count;
    if (count)
        node->kids = HK_NEW_ARRAY(b->arena, count, HkNode *);
    hk_count_node(b->m, b->tree, op, count);
    return node;
}

HkNode *hk_build_var(HkBuilder *b, uint32_t var)
{
    HkNode *node = hk_build_node(b, HK_OP_VAR, b->tree->vars[var].type, 0);

    node->index = var;
    node->width = hk_var_width(var);
    b->tree->vars[var].reads++;
    return node;
}

/* Never changes, whatever is evaluated before it is printed. */
static bool is_settled(const HkNode *node)
{
    return node->op == HK_OP_VAR || hk_is_const(node);
}

static uint32_t const_width(const HkBuilder *b, const HkNode *node)
{
    if (node->type == HK_F32 || node->type == HK_F64) {
        HkBuf *text = &b->m->line;
        text->length = 0;
        hk_emit_const(text, node->type, node->value, false);
        return (uint32_t)text->length;
    }
    int64_t value = node->type == HK_I32 ? (int32_t)node->value : (int64_t)node->value;
    return value < 0 ? 1 + hk_digits(0 - (uint64_t)value) : hk_digits((uint64_t)value);
}

static bool is_zero_or_one(uint64_t bits, bool single)
{
    uint64_t magnitude = bits & (single ? UINT64_C(0x7fffffff) : INT64_MAX);

    return magnitude == 0 || magnitude == (single ? 0x3f800000 : UINT64_C(0x3ff0000000000000));
}

/* Is it known to be 0 or 1, of either sign, or a lane of it? */
static bool has_zero_or_one(const HkBuilder *b, const HkNode *operand, bool single)
{
    unsigned size = single ? 4 : 8;

    if (operand->op == HK_OP_VAR)
        operand = b->tree->vars[operand->index].spilled;
    if (operand && (operand->op == HK_OP_F32X4_SPLAT || operand->op == HK_OP_F64X2_SPLAT))
        operand = operand->kids[0];
    if (!operand || (!hk_is_const(operand) && operand->op != HK_OP_V128_CONST))
        return false;
    if (operand->op != HK_OP_V128_CONST)
        return is_zero_or_one(operand->value, single);
    for (unsigned lane = 0; lane < 16; lane += size) {
        uint64_t bits = 0;
        for (unsigned i = size; i-- > 0;)
            bits = bits << 8 | b->m->bytes[operand->value + lane + i];
        if (is_zero_or_one(bits, single))
            return true;
    }
    return false;
}

/* LLVM folds an addition of zero and the like to the operand, or its negation, and leaves a
   signalling NaN what it was; WebAssembly wants it quiet (4.3.3.2). Only what is certain is caught
   here: constants that are operands. */
bool hk_build_needs_quieting(const HkBuilder *b, uint16_t op, uint32_t operands)
{
    bool single = (op >= HK_OP_F32_ADD && op <= HK_OP_F32_DIV) ||
                  (op >= HK_OP_F32X4_ADD && op <= HK_OP_F32X4_DIV) ||
                  op == HK_OP_F32X4_RELAXED_MADD || op == HK_OP_F32X4_RELAXED_NMADD;
    bool twice = (op >= HK_OP_F64_ADD && op <= HK_OP_F64_DIV) ||
                 (op >= HK_OP_F64X2_ADD && op <= HK_OP_F64X2_DIV) ||
                 op == HK_OP_F64X2_RELAXED_MADD || op == HK_OP_F64X2_RELAXED_NMADD;

    for (uint32_t i = 0; (single || twice) && i < operands; i++)
        if (has_zero_or_one(b, b->stack[b->stack_count - 1 - i], single))
            return true;
    return false;
}

static uint32_t table_width(const HkModule *m, uint32_t index)
{
    return m->tables[index].imported ? 7 : 20 + hk_digits(index);
}

static uint32_t own_width(const HkBuilder *b, const HkNode *node)
{
    const HkModule *m = b->m;
    uint32_t fuel = m->options->fuel ? 14 : 0; /* `_fueled` and the argument */

    switch (node->op) {
    case HK_OP_I32_CONST:
    case HK_OP_I64_CONST:
    case HK_OP_F32_CONST:
    case HK_OP_F64_CONST: return const_width(b, node);
    case HK_OP_V128_CONST: return 51;
    case HK_OP_LOCAL_GET: return 2 + hk_digits(node->index);
    case HK_OP_GLOBAL_GET: return (uint32_t)strlen(m->globals[node->index].ident) + 24;
    case HK_OP_CALL:
        return (uint32_t)strlen(m->funcs[node->index].ident) + 3 +
               hk_state_width(m->funcs[node->index].uses);
    case HK_OP_CALL_INDIRECT:
        return 18 + hk_digits(node->index) + (node->table ? 1 + hk_digits(node->table) : 0) +
               hk_state_width(m->types[node->index].uses);
    case HK_OP_SELECT: return 12;
    case HK_OP_I8X16_SHUFFLE: return 16 + HK_LANES_WIDTH;
    case HK_OP_MEMORY_SIZE: return m->page_size == HK_PAGE_SIZE ? 19 : 25;
    case HK_OP_MEMORY_GROW:
        return m->memory_grows ? 24 + fuel : m->page_size == HK_PAGE_SIZE ? 40 : 46;
    case HK_OP_MEMORY_COPY:
    case HK_OP_MEMORY_FILL: return 21 + fuel;
    case HK_OP_MEMORY_INIT:
        return (m->data[node->index].droppable ? 50 : 26) + hk_digits(node->index) + fuel;
    case HK_OP_REF_NULL: return 15;
    case HK_OP_REF_FUNC: return 36;
    case HK_OP_TABLE_GET:
    case HK_OP_TABLE_SET:
    case HK_OP_TABLE_SIZE: return 15 + table_width(m, node->index);
    case HK_OP_TABLE_GROW:
    case HK_OP_TABLE_FILL: return 15 + fuel + table_width(m, node->index);
    case HK_OP_TABLE_COPY:
        return (node->index == node->table ? 14 : 20 + table_width(m, node->table)) + fuel +
               table_width(m, node->index);
    case HK_OP_TABLE_INIT: /* a segment that may be dropped leaves no room for rustfmt */
        return (m->elems[node->index].droppable ? 44 : 22) + fuel + table_width(m, node->table);
    default:
        return b->space->op_width[node->op] +
               (hk_is_access(node->op) ? hk_digits(node->value) : 0) +
               (node->quiets ? hk_nan_prefix(node->op) + 8 : 0); /* `_quiet()` */
    }
}

void hk_build_measure(HkBuilder *b, HkNode *node)
{
    uint32_t width = own_width(b, node);
    if (hk_leaves_trace(b->m, node))
        width += hk_trace_width(node->offset);
    unsigned effects = node->effects;

    for (uint32_t i = 0; i < node->count; i++) {
        const HkNode *kid = node->kids[i];
        bool is_const = hk_is_const(kid);
        bool is_bool = kid->op < HK_OP_COUNT && (hk_ops[kid->op].flags & HK_IS_BOOL);
        width += kid->width + (is_const ? 6u : 2u) + (is_bool ? 11u : 0u);
        effects |= kid->effects;
    }
    node->width = (uint16_t)(width < UINT16_MAX ? width : UINT16_MAX);
    node->effects = (uint16_t)effects;
}

uint32_t hk_build_limit(const HkBuilder *b)
{
    return hk_width_limit((uint32_t)b->frame_count);
}

/* May `tree`, whose turn is first, not be evaluated after the event? */
static bool conflicts(const HkNode *tree, unsigned event, int64_t local)
{
    unsigned e = tree->effects, reads = e & HK_E_READS, writes = e & HK_E_WRITES;

    if (local >= 0 && (e & HK_E_LOCAL) && hk_reads_local(tree, (uint32_t)local))
        return true;
    if ((reads << 1 | writes) & event & HK_E_WRITES)
        return true;
    if ((writes >> 1) & event & HK_E_READS)
        return true;
    if ((e & HK_E_TRAP) && (event & (HK_E_TRAP | HK_E_CONTROL | HK_E_WRITES)))
        return true;
    return writes && (event & (HK_E_TRAP | HK_E_CONTROL));
}

static void assign(HkBuilder *b, size_t at)
{
    HkNode *node = b->stack[at];
    HkStmt *stmt = hk_build_stmt(b, HK_S_LET);

    stmt->node = node;
    stmt->offset = node->offset;
    stmt->count = 1;
    stmt->var = hk_build_vars(b, &node->type, 1);
    b->tree->vars[stmt->var].spilled = node;
    b->stack[at] = hk_build_var(b, stmt->var);
}

/* Spills the entries of settled .. below that conflict with the event, or with one of those above
 * them that do. */
static void settle_below(HkBuilder *b, size_t below, unsigned effects, int64_t local)
{
    bool spill[MAX_PENDING + 1] = {false};

    if (below <= b->settled)
        return;
    for (size_t i = below; i-- > b->settled;) {
        HkNode *tree = b->stack[i];
        if (is_settled(tree) || !conflicts(tree, effects, local))
            continue;
        spill[i - b->settled] = true;
        effects |= tree->effects;
    }
    for (size_t i = b->settled; i < below; i++)
        if (spill[i - b->settled])
            assign(b, i);
    while (b->settled < b->stack_count && is_settled(b->stack[b->settled]))
        b->settled++;
}

void hk_build_settle(HkBuilder *b, HkEvent event)
{
    settle_below(b, b->stack_count - event.operands, event.effects, event.local);
}

static void spill_at(HkBuilder *b, size_t at)
{
    if (is_settled(b->stack[at]))
        return;
    settle_below(b, at, b->stack[at]->effects, -1);
    assign(b, at);
}

void hk_build_spill_all(HkBuilder *b, uint32_t operands)
{
    for (size_t i = b->settled; i < b->stack_count - operands; i++)
        spill_at(b, i);
    if (b->settled < b->stack_count - operands)
        b->settled = b->stack_count - operands;
}

void hk_build_push(HkBuilder *b, HkNode *node)
{
    b->stack =
        hk_arena_grow(b->arena, b->stack, &b->stack_capacity, b->stack_count + 1, sizeof *b->stack);
    if (b->settled == b->stack_count && is_settled(node))
        b->settled++;
    b->stack[b->stack_count++] = node;
    hk_live_push(b, node->type);
    if (b->stack_count - b->settled > MAX_PENDING) {
        spill_at(b, b->settled);
        b->settled++;
    }
}

HkNode *hk_build_pop(HkBuilder *b)
{
    HkNode *node = b->stack[--b->stack_count];

    if (b->settled > b->stack_count)
        b->settled = b->stack_count;
    return node;
}

void hk_build_atoms(HkBuilder *b, uint32_t count, uint32_t above)
{
    for (size_t i = b->stack_count - above - count; i < b->stack_count - above; i++)
        spill_at(b, i);
}

/* State that a consumer borrows while its operands are evaluated: an operand may not use what is
   borrowed mutably, nor change what is borrowed at all. */
static bool borrows_clash(unsigned consumer, unsigned operand)
{
    const unsigned state = HK_E_READS | HK_E_WRITES;

    return conflicts(&(HkNode){.effects = (uint16_t)(operand & state)}, consumer & state, -1);
}

void hk_build_take(HkBuilder *b, HkNode *node)
{
    size_t base = b->stack_count - node->count;
    uint32_t limit = hk_build_limit(b);

    for (size_t i = base; i < b->stack_count; i++)
        if (borrows_clash(node->effects, b->stack[i]->effects))
            spill_at(b, i);
    const uint16_t own = node->effects;
    for (int round = 0;; round++) {
        for (uint32_t i = 0; i < node->count; i++)
            node->kids[i] = b->stack[base + i];
        node->effects = own;
        hk_build_measure(b, node);
        if (node->width <= limit)
            break;
        if (round == 2) {
            b->tree->unformatted |= node->op != HK_OP_CALL && node->op != HK_OP_CALL_INDIRECT;
            break;
        }
        for (size_t i = base; i < b->stack_count; i++)
            if (round == 0 && !hk_is_atom(b->stack[i]))
                spill_at(b, i);
            else if (round == 1 &&
                     b->stack[i]->width > 12) /* a long constant: conflicts with nothing */
                assign(b, i);
    }
    for (uint32_t i = 0; i < node->count; i++)
        hk_build_pop(b);
}

void hk_build_drop(HkBuilder *b)
{
    HkNode *node = b->stack[b->stack_count - 1];

    if (node->effects & (HK_E_TRAP | HK_E_WRITES)) {
        hk_build_settle(b, (HkEvent){node->effects, -1, 1});
        hk_build_stmt(b, HK_S_DO)->node = hk_build_pop(b);
        return;
    }
    hk_build_release(b, hk_build_pop(b));
}

void hk_build_release(HkBuilder *b, HkNode *node)
{
    hk_count_reads(b->tree, node, UINT32_MAX); /* minus one */
}

void hk_build_acquire(HkBuilder *b, const HkNode *atom)
{
    hk_count_reads(b->tree, atom, 1);
}
