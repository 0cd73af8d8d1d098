/*
 * accesses.c: what the report says of a function's code: how many accesses to memory it has, which
 * of them are in bounds whatever it computes, and which types it calls through tables.
 *
 * The generated code is the same for all accesses; that the check of one in bounds falls away is
 * LLVM's work, which finds more of them than are counted here.
 */
#include "tree.h"

/* ---- the greatest value of an address ---- */

/* How far to look into operands: the work for an access has a bound. */
enum { MAX_DEPTH = 6 };

static uint64_t greatest(const HkTree *tree, const HkNode *node, int depth);

static uint64_t less(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t more(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* The sum or product of two numbers of 32 bits; it may wrap around. */
static uint64_t wrapped(uint64_t value)
{
    return value > UINT32_MAX ? UINT32_MAX : value;
}

/* The least number of the form 2^n - 1 that is at least as large. */
static uint64_t filled(uint64_t value)
{
    for (int shift = 1; shift < 32; shift *= 2)
        value |= value >> shift;
    return value;
}

static uint64_t greatest_of_two(const HkTree *tree, const HkNode *node, int depth)
{
    uint64_t a = greatest(tree, node->kids[0], depth);
    const HkNode *second = node->kids[1];
    uint64_t b = greatest(tree, second, depth);
    bool constant = second->op == HK_OP_I32_CONST;

    switch (node->op) {
    case HK_OP_I32_AND: return less(a, b);
    case HK_OP_I32_OR:
    case HK_OP_I32_XOR: return filled(a | b);
    case HK_OP_I32_ADD: return wrapped(a + b);
    case HK_OP_I32_MUL: return wrapped(a * b);
    case HK_OP_I32_SHL: return constant ? wrapped(a << (b & 31)) : UINT32_MAX;
    case HK_OP_I32_SHR_U: return constant ? a >> (b & 31) : a;
    case HK_OP_I32_DIV_U: return constant && b ? a / b : a;
    case HK_OP_I32_REM_U: return b ? less(a, b - 1) : a;
    default: return UINT32_MAX;
    }
}

/* Of an i32 without its sign. What is not known is as large as can be. */
static uint64_t greatest(const HkTree *tree, const HkNode *node, int depth)
{
    const HkVar *var = node->op == HK_OP_VAR ? &tree->vars[node->index] : NULL;

    if (var && var->spilled && !var->writes)
        node = var->spilled;
    if (node->op == HK_OP_I32_CONST)
        return (uint32_t)node->value;
    if (node->op >= HK_OP_COUNT || node->type != HK_I32 || depth == 0)
        return UINT32_MAX;
    if (hk_ops[node->op].flags & HK_IS_BOOL)
        return 1;
    switch (node->op) {
    case HK_OP_I32_LOAD8_U: return UINT8_MAX;
    case HK_OP_I32_LOAD16_U: return UINT16_MAX;
    case HK_OP_SELECT:
    case HK_OP_SELECT_T:
        return more(greatest(tree, node->kids[0], depth - 1),
                    greatest(tree, node->kids[1], depth - 1));
    default: return node->count == 2 ? greatest_of_two(tree, node, depth - 1) : UINT32_MAX;
    }
}

static bool is_in_bounds(const HkModule *m, const HkTree *tree, const HkNode *node)
{
    uint64_t end = greatest(tree, node->kids[0], MAX_DEPTH) + node->value +
                   (UINT64_C(1) << hk_ops[node->op].width);

    return end <= hk_least_memory(m);
}

/* ---- the walk ---- */

static void count_node(HkModule *m, HkFunc *f, const HkTree *tree, const HkNode *node)
{
    if (!node)
        return;
    for (uint32_t i = 0; i < node->count; i++)
        count_node(m, f, tree, node->kids[i]);
    if (node->op == HK_OP_CALL_INDIRECT) {
        f->indirect_calls++;
        m->types[node->index].calls++;
    } else if (hk_is_access(node->op)) {
        f->accesses++;
        f->accesses_in_bounds += is_in_bounds(m, tree, node);
    }
}

static void count_body(HkModule *m, HkFunc *f, const HkTree *tree, const HkBody *body)
{
    for (const HkStmt *stmt = body->first; stmt; stmt = stmt->next) {
        count_node(m, f, tree, stmt->node);
        for (uint32_t i = 0; stmt->nodes && i < stmt->count; i++)
            count_node(m, f, tree, stmt->nodes[i]);
        count_body(m, f, tree, &stmt->body);
        count_body(m, f, tree, &stmt->otherwise);
        for (uint32_t i = 0; i < stmt->arm_count; i++)
            count_body(m, f, tree, &stmt->arms[i].body);
    }
}

void hk_count_accesses(HkModule *m, const HkTree *tree)
{
    HkFunc *f = &m->funcs[tree->function];

    count_body(m, f, tree, &tree->body);
    for (uint32_t i = 0; tree->falls && i < m->types[f->type].result_count; i++)
        count_node(m, f, tree, tree->results[i]);
}
