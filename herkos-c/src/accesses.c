/*
 * accesses.c: what a function's accesses to memory have in common, once its tree is complete.
 *
 * For the report: how many there are, which of them are in bounds whatever the function computes,
 * and which types it calls through tables. For the emitter: at how many of them it helps to know
 * the least length of a memory that grows.
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

/* What a variable that is set once stands for. */
static const HkNode *what_is(const HkTree *tree, const HkNode *node)
{
    const HkVar *var = node->op == HK_OP_VAR ? &tree->vars[node->index] : NULL;

    return var && var->spilled && !var->writes ? var->spilled : node;
}

/* Of an i32 without its sign. What is not known is as large as can be. */
static uint64_t greatest(const HkTree *tree, const HkNode *node, int depth)
{
    node = what_is(tree, node);
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

/* ---- places of data ---- */

/* wasm-ld leaves as many bytes free below a program's data: a constant from there on says where
 * something lies, a smaller one where in it. A guess, on which speed depends and nothing else. */
enum { FIRST_DATA = 1024 };

static bool is_place(const HkModule *m, uint64_t value)
{
    return value >= FIRST_DATA && value < hk_least_memory(m);
}

/* A place of data, or something at a distance from one. */
static bool names_place(const HkModule *m, const HkTree *tree, const HkNode *node, int depth)
{
    node = what_is(tree, node);
    if (node->op == HK_OP_I32_ADD && depth > 0)
        return names_place(m, tree, node->kids[0], depth - 1) ||
               names_place(m, tree, node->kids[1], depth - 1);
    return node->op == HK_OP_I32_CONST && is_place(m, (uint32_t)node->value);
}

/* Is it known of which data of the program the access is? */
static bool is_of_data(const HkModule *m, const HkTree *tree, const HkNode *node)
{
    return is_place(m, node->value) || names_place(m, tree, node->kids[0], MAX_DEPTH);
}

/* ---- the walk ---- */

typedef struct Walk {
    HkModule *m;
    HkFunc *f;
    const HkTree *tree;
    uint32_t weight; /* of what is met: in a loop it counts as often as `turns` */
    uint32_t turns;
} Walk;

enum { TURNS = 4 }; /* of a loop, where nothing is known of it */

static void count_node(Walk *w, const HkNode *node)
{
    if (!node)
        return;
    for (uint32_t i = 0; i < node->count; i++)
        count_node(w, node->kids[i]);
    if (node->op == HK_OP_CALL_INDIRECT) {
        w->f->indirect_calls++;
        w->m->types[node->index].calls++;
    } else if (hk_is_access(node->op)) {
        bool in_bounds = is_in_bounds(w->m, w->tree, node);
        w->f->accesses++;
        w->f->accesses_in_bounds += in_bounds;
        if (in_bounds || is_of_data(w->m, w->tree, node))
            w->f->data_accesses += w->weight;
    }
}

static void count_body(Walk *w, const HkBody *body)
{
    for (const HkStmt *stmt = body->first; stmt; stmt = stmt->next) {
        uint32_t outside = w->weight;
        if (stmt->kind == HK_S_LOOP)
            w->weight = w->turns;
        count_node(w, stmt->node);
        for (uint32_t i = 0; stmt->nodes && i < stmt->count; i++)
            count_node(w, stmt->nodes[i]);
        count_body(w, &stmt->body);
        count_body(w, &stmt->otherwise);
        for (uint32_t i = 0; i < stmt->arm_count; i++)
            count_body(w, &stmt->arms[i].body);
        w->weight = outside;
    }
}

/* Where the memory may grow in between, its length is taken anew, and what was known is known no
 * more: a loop in such a function counts as one turn. */
void hk_count_accesses(HkModule *m, const HkTree *tree)
{
    HkFunc *f = &m->funcs[tree->function];
    Walk w = {m, f, tree, .weight = 1, .turns = f->uses & HK_USE_GROW ? 1 : TURNS};

    count_body(&w, &tree->body);
    for (uint32_t i = 0; tree->falls && i < m->types[f->type].result_count; i++)
        count_node(&w, tree->results[i]);
}
