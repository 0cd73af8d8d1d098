/*
 * tree.c: what passes over trees ask of nodes and statements, and what they keep when they add
 * some.
 */
#include "tree.h"

enum {
    MAX_WIDTH = 56, /* rustfmt keeps calls on one line whose arguments have up to 60 columns */
    MIN_WIDTH =
        30 /* below that, deep nesting leaves no room and the function is not rustfmt's any more */
};

/* ---- questions ---- */

bool hk_is_const(const HkNode *node)
{
    return node->op >= HK_OP_I32_CONST && node->op <= HK_OP_F64_CONST;
}

bool hk_is_atom(const HkNode *node)
{
    return node->op == HK_OP_VAR || node->op == HK_OP_LOCAL_GET || hk_is_const(node);
}

bool hk_is_get(const HkNode *node, uint32_t local)
{
    return node->op == HK_OP_LOCAL_GET && node->index == local;
}

bool hk_is_sum(const HkNode *node, uint32_t local)
{
    return node->op == HK_OP_I32_ADD && hk_is_get(node->kids[0], local) &&
           node->kids[1]->op == HK_OP_I32_CONST;
}

bool hk_reads_local(const HkNode *node, uint32_t local)
{
    if (hk_is_get(node, local))
        return true;
    for (uint32_t i = 0; i < node->count; i++)
        if (hk_reads_local(node->kids[i], local))
            return true;
    return false;
}

bool hk_is_lone(const HkBody *body, HkStmtKind kind, const HkLabel *label)
{
    return body->first && !body->first->next && body->first->kind == kind &&
           body->first->label == label;
}

HkStmt *hk_only_exit(const HkStmt *loop)
{
    HkStmt *last = loop->body.last;

    if (loop->falls || loop->label->uses != 1 || last->kind != HK_S_IF || last->otherwise.first)
        return NULL;
    return hk_is_lone(&last->body, HK_S_BREAK, loop->label) ? last : NULL;
}

/* ---- widths ---- */

uint32_t hk_digits(uint64_t value)
{
    uint32_t n = 1;

    for (; value >= 10; value /= 10)
        n++;
    return n;
}

uint16_t hk_var_width(uint32_t var)
{
    return (uint16_t)(2 + hk_digits(var));
}

uint32_t hk_width_limit(uint32_t depth)
{
    uint32_t taken = 4 * depth + 16;
    uint32_t room = taken + MIN_WIDTH < HK_LINE ? HK_LINE - taken : MIN_WIDTH;

    return room < MAX_WIDTH ? room : MAX_WIDTH;
}

/* ---- additions ---- */

void hk_count_node(HkModule *m, HkTree *tree, uint16_t op, uint32_t operands)
{
    for (const char *type = op < HK_OP_COUNT ? hk_ops[op].type : ""; *type; type++)
        if (*type == 'v') {
            tree->vectors++;
            m->has_vectors = true;
        }
    const uint32_t trace = m->options->trace; /* at(..) holds the result once more */
    if (op == HK_OP_CALL || op == HK_OP_CALL_INDIRECT) {
        tree->calls++;
        tree->checks += trace;
        tree->arguments += operands + m->lent_table_count + trace;
    } else if (op < HK_OP_COUNT && (hk_ops[op].flags & HK_E_TRAP)) {
        tree->checks += 1 + trace;
        tree->accesses += hk_is_access(op);
    } else if (op < HK_OP_COUNT && operands) {
        tree->operators++;
    }
}

void hk_count_reads(HkTree *tree, const HkNode *node, uint32_t by)
{
    if (node->op == HK_OP_VAR)
        tree->vars[node->index].reads += by;
    if (node->op == HK_OP_LOCAL_GET)
        tree->uses[node->index].reads += by;
    for (uint32_t i = 0; i < node->count; i++)
        hk_count_reads(tree, node->kids[i], by);
}

HkNode *hk_new_i32(HkArena *arena, uint32_t value)
{
    HkNode *node = HK_NEW(arena, HkNode);

    node->op = HK_OP_I32_CONST;
    node->type = HK_I32;
    node->value = value;
    return node;
}

uint32_t hk_new_vars(HkArena *arena, HkTree *tree, const uint8_t *types, uint32_t count)
{
    uint32_t first = tree->var_count;

    tree->vars = hk_arena_grow(arena, tree->vars, &tree->var_capacity, (size_t)first + count,
                               sizeof *tree->vars);
    for (uint32_t i = 0; i < count; i++)
        tree->vars[first + i] = (HkVar){.type = types[i]};
    tree->var_count += count;
    return first;
}
