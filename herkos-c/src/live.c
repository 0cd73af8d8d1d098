/*
 * live.c: is what some locals hold behind a loop read by anything? Asked of few loops, when all
 * else is known, so there is no table of what is live where: control is followed from the loop on,
 * with the set of those locals that nothing has been written to on some way there.
 */
#include "loops.h"

typedef struct Search {
    const HkStmt *from;
    const uint32_t *locals;
    uint32_t count;
    uint64_t read;    /* bits by index into `locals` */
    uint64_t *breaks; /* by label: what comes to where a break leads */
    uint64_t *heads;  /* by label: what comes to the begin of the loop */
} Search;

static uint64_t follow_body(Search *s, const HkBody *body, uint64_t held);

static uint64_t bit_of(const Search *s, uint32_t local)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (s->locals[i] == local)
            return UINT64_C(1) << i;
    return 0;
}

static void note_reads(Search *s, const HkNode *node, uint64_t held)
{
    if (!node || !held)
        return;
    if (node->op == HK_OP_LOCAL_GET)
        s->read |= held & bit_of(s, node->index);
    for (uint32_t i = 0; i < node->count; i++)
        note_reads(s, node->kids[i], held);
}

/* Until nothing more comes to its begin; each turn keeps what earlier ones found. */
static uint64_t follow_loop(Search *s, const HkStmt *stmt, uint64_t held)
{
    uint64_t *head = &s->heads[stmt->label->id], before, end;

    *head |= held;
    do {
        before = *head;
        end = follow_body(s, &stmt->body, before);
        if (!stmt->falls)
            *head |= end;
    } while (*head != before);
    return s->breaks[stmt->label->id] | (stmt->falls ? end : 0);
}

static uint64_t follow_switch(Search *s, const HkStmt *stmt, uint64_t held)
{
    uint64_t end = 0;

    for (uint32_t i = 0; i < stmt->arm_count; i++)
        end |= follow_body(s, &stmt->arms[i].body, held);
    return end;
}

/* What is held behind the statement, of what is held before it. */
static uint64_t follow(Search *s, const HkStmt *stmt, uint64_t held)
{
    note_reads(s, stmt->node, held);
    for (uint32_t i = 0; stmt->nodes && i < stmt->count; i++)
        note_reads(s, stmt->nodes[i], held);
    switch (stmt->kind) {
    case HK_S_LOCAL: return held & ~bit_of(s, stmt->var);
    case HK_S_BLOCK:
        held = follow_body(s, &stmt->body, held);
        return held | s->breaks[stmt->label->id];
    case HK_S_LOOP: return follow_loop(s, stmt, held);
    case HK_S_IF: return follow_body(s, &stmt->body, held) | follow_body(s, &stmt->otherwise, held);
    case HK_S_SWITCH: return follow_switch(s, stmt, held);
    case HK_S_BREAK: s->breaks[stmt->label->id] |= held; return 0;
    case HK_S_CONTINUE: s->heads[stmt->label->id] |= held; return 0;
    case HK_S_RETURN:
    case HK_S_TRAP: return 0;
    default: return held;
    }
}

static uint64_t follow_body(Search *s, const HkBody *body, uint64_t held)
{
    for (const HkStmt *stmt = body->first; stmt; stmt = stmt->next) {
        held = follow(s, stmt, held);
        if (stmt == s->from)
            held = UINT64_MAX >> (HK_MAX_LIVE - s->count);
    }
    return held;
}

bool hk_is_read_behind(HkModule *m, const HkTree *tree, const HkStmt *loop, const uint32_t *locals,
                       uint32_t count)
{
    HkArena *arena = &m->ctx->scratch;
    Search s = {.from = loop,
                .locals = locals,
                .count = count,
                .breaks = HK_NEW_ARRAY(arena, tree->labels, uint64_t),
                .heads = HK_NEW_ARRAY(arena, tree->labels, uint64_t)};

    uint64_t held = follow_body(&s, &tree->body, 0);
    const uint32_t results = hk_func_type(m, tree->function)->result_count;
    for (uint32_t i = 0; tree->falls && i < results; i++)
        note_reads(&s, tree->results[i], held);
    return s.read != 0;
}
