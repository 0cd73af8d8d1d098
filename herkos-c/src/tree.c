/*
 * tree.c: what passes over trees ask of nodes and statements.
 */
#include "tree.h"

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
