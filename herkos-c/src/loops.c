/*
 * loops.c: what the passes that change loops (counters.c, reroll.c) ask of them.
 */
#include "loops.h"

bool hk_is_get(const HkNode *node, uint32_t local)
{
    return node->op == HK_OP_LOCAL_GET && node->index == local;
}

bool hk_is_sum(const HkNode *node, uint32_t local)
{
    return node->op == HK_OP_I32_ADD && hk_is_get(node->kids[0], local) &&
           node->kids[1]->op == HK_OP_I32_CONST;
}

HkStmt *hk_only_exit(const HkStmt *loop)
{
    HkStmt *last = loop->body.last;

    if (loop->falls || loop->label->uses != 1 || last->kind != HK_S_IF || last->otherwise.first)
        return NULL;
    const HkStmt *leave = last->body.first;
    bool is_lone = leave && !leave->next && leave->kind == HK_S_BREAK;
    return is_lone && leave->label == loop->label ? last : NULL;
}

HkNode *hk_new_i32(HkArena *arena, uint32_t value)
{
    HkNode *node = HK_NEW(arena, HkNode);

    node->op = HK_OP_I32_CONST;
    node->type = HK_I32;
    node->value = value;
    return node;
}
