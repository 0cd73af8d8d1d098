/*
 * copy.c: a loop of straight-line code once more. What it declares gets names of its own, since
 * either of the two may come to read less of it than the other.
 */
#include "loops.h"

typedef struct Copy {
    HkModule *m;
    HkTree *tree;
    uint32_t old[HK_MAX_HELD], count; /* variables of the loop */
    uint32_t first;                   /* the first of those in their place */
} Copy;

static uint32_t copy_of(const Copy *c, uint32_t var)
{
    for (uint32_t i = 0; i < c->count; i++)
        if (c->old[i] == var)
            return c->first + i;
    return var;
}

/* Not counting its reads. */
static HkNode *copy_node(const Copy *c, const HkNode *node)
{
    HkArena *arena = &c->m->ctx->scratch;
    HkNode *copy = HK_NEW(arena, HkNode);
    uint32_t width = node->width;

    *copy = *node;
    hk_count_node(c->m, c->tree, node->op, node->count);
    if (node->op == HK_OP_VAR) {
        copy->index = copy_of(c, node->index);
        width = hk_var_width(copy->index);
    }
    if (node->count)
        copy->kids = HK_NEW_ARRAY(arena, node->count, HkNode *);
    for (uint32_t i = 0; i < node->count; i++) {
        copy->kids[i] = copy_node(c, node->kids[i]);
        width += (uint32_t)copy->kids[i]->width - node->kids[i]->width;
    }
    copy->width = (uint16_t)(width < UINT16_MAX ? width : UINT16_MAX);
    return copy;
}

static HkStmt *copy_stmt(const Copy *c, const HkStmt *stmt)
{
    HkStmt *copy = HK_NEW(&c->m->ctx->scratch, HkStmt);

    *copy = *stmt;
    copy->next = NULL;
    if (stmt->node) {
        copy->node = copy_node(c, stmt->node);
        hk_count_reads(c->tree, copy->node, 1);
    }
    if (stmt->kind == HK_S_LOCAL)
        c->tree->uses[stmt->var].writes++;
    if (stmt->kind == HK_S_LET) {
        copy->var = copy_of(c, stmt->var);
        c->tree->vars[copy->var].spilled = copy->node;
    }
    return copy;
}

/* The loop's end: if .. { break } */
static void copy_exit(const Copy *c, HkStmt *test, HkLabel *label)
{
    HkStmt *leave = copy_stmt(c, test->body.first);

    leave->label = label;
    test->body = (HkBody){leave, leave};
}

static void name_vars(Copy *c, const HkStmt *loop)
{
    uint8_t types[HK_MAX_HELD];

    for (const HkStmt *stmt = loop->body.first; stmt; stmt = stmt->next)
        if (stmt->kind == HK_S_LET && stmt->count) {
            types[c->count] = c->tree->vars[stmt->var].type;
            c->old[c->count++] = stmt->var;
        }
    c->first = hk_new_vars(&c->m->ctx->scratch, c->tree, types, c->count);
}

HkStmt *hk_copy_loop(HkModule *m, HkTree *tree, const HkStmt *loop)
{
    Copy c = {.m = m, .tree = tree};
    HkStmt *copy = copy_stmt(&c, loop);

    name_vars(&c, loop);
    copy->label = HK_NEW(&m->ctx->scratch, HkLabel);
    *copy->label = (HkLabel){.id = tree->labels++, .uses = 1};
    tree->loops++;
    copy->body = (HkBody){NULL, NULL};
    for (const HkStmt *stmt = loop->body.first; stmt; stmt = stmt->next) {
        HkStmt *next = copy_stmt(&c, stmt);
        if (copy->body.last)
            copy->body.last->next = next;
        else
            copy->body.first = next;
        copy->body.last = next;
    }
    copy_exit(&c, copy->body.last, copy->label);
    return copy;
}

HkNode *hk_copy_node(HkModule *m, HkTree *tree, const HkNode *node)
{
    const Copy none = {.m = m, .tree = tree};
    HkNode *copy = copy_node(&none, node);

    hk_count_reads(tree, copy, 1);
    return copy;
}
