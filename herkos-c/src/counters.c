/*
 * counters.c: counters that go up to zero from below it go up from zero instead.
 *
 * Over arrays at known places clang counts from -n to 0 and adds the address of the end. Addresses
 * have no sign, so that LLVM, on the way back, widens such a counter without one: what is left is a
 * sum that wraps around, and a mask in each address, where it should see addresses that go up
 * evenly. Here the counter is n more while the loop runs, and what is added to it n less.
 *
 * Sums wrap around, so this means the same whatever the numbers are; what is asked of a loop below
 * keeps to those that gain by it, and whose text grows no wider.
 */
#include "loops.h"

enum {
    MAX_STARTS = 8,
    SUBTRACTION_WIDTH = 44 /* `let v12345 = `, `.wrapping_add(-2147483648)`, `;` */
};

/* Constants that locals were set to just before. */
typedef struct Starts {
    HkStmt *stmts[MAX_STARTS];
    uint32_t count;
} Starts;

typedef struct Pass {
    HkArena *arena;
    HkTree *tree;
    uint32_t result_count; /* of the function */
} Pass;

typedef struct Counter {
    const HkStmt *loop;
    uint32_t local;
    uint32_t turns_from; /* n: the loop is entered with -n */
} Counter;

/* The local plus a variable or another local. */
static bool is_offset(const HkNode *node, uint32_t local)
{
    if (node->op != HK_OP_I32_ADD)
        return false;
    const HkNode *a = node->kids[0], *b = node->kids[1];
    return hk_is_get(a, local) != hk_is_get(b, local) && hk_is_atom(a) && hk_is_atom(b) &&
           !hk_is_const(a) && !hk_is_const(b);
}

/* ---- which loops ---- */

/* Is the local read as the start of a place beyond the end only? */
static bool is_node_fit(const HkNode *node, const Counter *c)
{
    if (hk_is_get(node, c->local))
        return false;
    if (hk_is_sum(node, c->local))
        return node->kids[1]->value <= INT32_MAX && node->kids[1]->value >= c->turns_from;
    for (uint32_t i = 0; i < node->count; i++)
        if (!is_node_fit(node->kids[i], c))
            return false;
    return true;
}

/* counter = counter + step; n is a multiple of the step. */
static bool is_step(const HkStmt *stmt, const Counter *c)
{
    if (stmt->kind != HK_S_LOCAL || stmt->var != c->local || !hk_is_sum(stmt->node, c->local))
        return false;
    uint64_t step = stmt->node->kids[1]->value;
    return step && step <= c->turns_from && c->turns_from % step == 0;
}

/* Another local or a variable becomes such a sum. */
static bool is_base(const HkStmt *stmt, const Counter *c)
{
    return (stmt->kind == HK_S_LOCAL || stmt->kind == HK_S_LET) && stmt->count <= 1 &&
           is_offset(stmt->node, c->local);
}

static bool is_body_fit(const HkBody *body, const Counter *c, uint32_t depth);

static bool is_stmt_fit(const HkStmt *stmt, const Counter *c, uint32_t depth)
{
    bool jumps = stmt->kind == HK_S_BREAK || stmt->kind == HK_S_CONTINUE;

    if (jumps && stmt->label->id <= c->loop->label->id) /* labels in the loop are younger */
        return false;
    if (stmt->kind == HK_S_LOCAL && stmt->var == c->local)
        return false;
    if (is_base(stmt, c)) /* with room to take n from it? */
        return 4 * depth + stmt->node->width + SUBTRACTION_WIDTH <= HK_LINE;
    if (stmt->node && !is_node_fit(stmt->node, c))
        return false;
    for (uint32_t i = 0; stmt->nodes && i < stmt->count; i++)
        if (!is_node_fit(stmt->nodes[i], c))
            return false;
    for (uint32_t i = 0; i < stmt->arm_count; i++)
        if (!is_body_fit(&stmt->arms[i].body, c, depth + 2))
            return false;
    return is_body_fit(&stmt->body, c, depth + 1) && is_body_fit(&stmt->otherwise, c, depth + 1);
}

static bool is_body_fit(const HkBody *body, const Counter *c, uint32_t depth)
{
    for (const HkStmt *stmt = body->first; stmt; stmt = stmt->next)
        if (!is_stmt_fit(stmt, c, depth))
            return false;
    return true;
}

/* The loop's one way out, at its end, when a local is zero. */
static HkStmt *last_test(const HkStmt *loop)
{
    HkStmt *last = hk_only_exit(loop);

    return last && last->node->op == HK_OP_I32_EQZ && last->node->kids[0]->op == HK_OP_LOCAL_GET
               ? last
               : NULL;
}

/* Is the counter stepped once on each turn, and used for places only? */
static bool is_loop_fit(const Counter *c, const HkStmt *test, uint32_t depth)
{
    uint32_t steps = 0;

    for (const HkStmt *stmt = c->loop->body.first; stmt != test; stmt = stmt->next)
        if (is_step(stmt, c))
            steps++;
        else if (!is_stmt_fit(stmt, c, depth + 1))
            return false;
    return steps == 1;
}

/* ---- the change ---- */

static void change_node(HkNode **place, const Counter *c)
{
    HkNode *node = *place;

    if (!hk_is_sum(node, c->local)) {
        for (uint32_t i = 0; i < node->count; i++)
            change_node(&node->kids[i], c);
        return;
    }
    node->kids[1]->value -= c->turns_from;
    if (!node->kids[1]->value)
        *place = node->kids[0];
}

static HkNode **pair(HkArena *arena, HkNode *a, HkNode *b)
{
    HkNode **kids = HK_NEW_ARRAY(arena, 2, HkNode *);

    kids[0] = a;
    kids[1] = b;
    return kids;
}

/* What the other local or variable becomes is n less than the sum by now. */
static void change_base(const Pass *p, HkStmt *stmt, const Counter *c)
{
    HkNode *node = HK_NEW(p->arena, HkNode);

    *node = *stmt->node;
    node->kids = pair(p->arena, stmt->node, hk_new_i32(p->arena, (uint32_t)(0 - c->turns_from)));
    if (stmt->kind == HK_S_LET)
        p->tree->vars[stmt->var].spilled = node;
    stmt->node = node;
}

static void change_body(const Pass *p, HkBody *body, const Counter *c)
{
    for (HkStmt *stmt = body->first; stmt; stmt = stmt->next) {
        if (stmt->kind == HK_S_LOCAL && stmt->var == c->local)
            continue; /* the step */
        if (is_base(stmt, c)) {
            change_base(p, stmt, c);
            continue;
        }
        if (stmt->node)
            change_node(&stmt->node, c);
        for (uint32_t i = 0; stmt->nodes && i < stmt->count; i++)
            change_node(&stmt->nodes[i], c);
        for (uint32_t i = 0; i < stmt->arm_count; i++)
            change_body(p, &stmt->arms[i].body, c);
        change_body(p, &stmt->body, c);
        change_body(p, &stmt->otherwise, c);
    }
}

/* counter == 0 becomes counter == n. */
static void change_test(HkArena *arena, HkStmt *test, const Counter *c)
{
    test->node->kids = pair(arena, test->node->kids[0], hk_new_i32(arena, c->turns_from));
    test->node->op = HK_OP_I32_EQ;
    test->node->count = 2;
}

static bool reads_any(HkNode *const *nodes, uint32_t count, uint32_t local)
{
    for (uint32_t i = 0; i < count; i++)
        if (hk_reads_local(nodes[i], local))
            return true;
    return false;
}

/* Is it certain, from plain statements alone, that nothing reads what the local is behind `stmt`?
 */
static bool is_dead_behind(const Pass *p, const HkBody *body, const HkStmt *stmt, uint32_t local)
{
    const HkTree *tree = p->tree;

    for (stmt = stmt->next; stmt && stmt->kind <= HK_S_DECLARE; stmt = stmt->next) {
        if (stmt->node && hk_reads_local(stmt->node, local))
            return false;
        if (stmt->kind == HK_S_LOCAL && stmt->var == local)
            return true;
    }
    if (stmt)
        return stmt->kind == HK_S_TRAP ||
               (stmt->kind == HK_S_RETURN && !reads_any(stmt->nodes, stmt->count, local));
    return body == &tree->body && tree->falls && !reads_any(tree->results, p->result_count, local);
}

/* Behind the loop the counter is what it would have been: zero. */
static void add_end(const Pass *p, HkBody *body, HkStmt *loop, uint32_t local)
{
    if (is_dead_behind(p, body, loop, local))
        return;
    HkStmt *end = HK_NEW(p->arena, HkStmt);
    end->kind = HK_S_LOCAL;
    end->offset = loop->offset;
    end->var = local;
    end->node = hk_new_i32(p->arena, 0);
    end->next = loop->next;
    loop->next = end;
    if (body->last == loop)
        body->last = end;
    p->tree->uses[local].writes++;
}

/* ---- the walk ---- */

static void forget(Starts *starts, uint32_t at)
{
    for (uint32_t i = at + 1; i < starts->count; i++)
        starts->stmts[i - 1] = starts->stmts[i];
    starts->count--;
}

/* A plain statement: what it reads or writes is no start any more, but for a constant below zero.
 */
static void note_stmt(Starts *starts, HkStmt *stmt)
{
    for (uint32_t i = starts->count; i-- > 0;) {
        uint32_t local = starts->stmts[i]->var;
        if ((stmt->kind == HK_S_LOCAL && stmt->var == local) ||
            (stmt->node && hk_reads_local(stmt->node, local)))
            forget(starts, i);
    }
    if (stmt->kind != HK_S_LOCAL || stmt->node->op != HK_OP_I32_CONST ||
        (int32_t)stmt->node->value >= 0)
        return;
    if (starts->count == MAX_STARTS)
        forget(starts, 0);
    starts->stmts[starts->count++] = stmt;
}

static void visit_loop(const Pass *p, HkBody *body, HkStmt *loop, const Starts *starts,
                       uint32_t depth)
{
    HkStmt *test = last_test(loop);

    for (uint32_t i = 0; test && i < starts->count; i++) {
        HkNode *start = starts->stmts[i]->node;
        Counter c = {loop, starts->stmts[i]->var, 0 - (uint32_t)start->value};
        if (!hk_is_get(test->node->kids[0], c.local) || !is_loop_fit(&c, test, depth))
            continue;
        change_test(p->arena, test, &c);
        change_body(p, &loop->body, &c);
        start->value = 0;
        add_end(p, body, loop, c.local);
        return;
    }
}

static void visit_body(const Pass *p, HkBody *body, uint32_t depth)
{
    Starts starts = {.count = 0};

    for (HkStmt *stmt = body->first; stmt; stmt = stmt->next) {
        if (stmt->kind <= HK_S_DECLARE) {
            note_stmt(&starts, stmt);
            continue;
        }
        for (uint32_t i = 0; i < stmt->arm_count; i++)
            visit_body(p, &stmt->arms[i].body, depth + 2);
        visit_body(p, &stmt->body, depth + 1);
        visit_body(p, &stmt->otherwise, depth + 1);
        if (stmt->kind == HK_S_LOOP)
            visit_loop(p, body, stmt, &starts, depth);
        starts.count = 0;
    }
}

void hk_start_counters_at_zero(HkModule *m, HkTree *tree)
{
    const HkFunc *f = &m->funcs[tree->function];
    const Pass p = {&m->ctx->scratch, tree, m->types[f->type].result_count};

    visit_body(&p, &tree->body, 1);
}
