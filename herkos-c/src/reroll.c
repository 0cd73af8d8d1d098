/*
 * reroll.c: loops that a compiler has unrolled are rolled up again.
 *
 * For WebAssembly LLVM unrolls short loops. On the way back it can't vectorise what that leaves:
 * three turns in one are accesses three elements apart, which it puts together by shuffling. Rolled
 * up, the loop becomes what native code is made of.
 *
 * It is guessed that the loop's first statements, as many as have the n-th part of its accesses,
 * are one of n equal turns, and then proven: they are followed n times (symbolic.c), with the n-th
 * part of what each counter gains added after each time, and must do what the loop's body does in
 * one turn: the same accesses in the same order, the same in all locals. A local may differ if
 * nothing reads it.
 */
#include "loops.h"

enum { MOST_TURNS = 16, MAX_SEARCHES = 64 };

typedef struct Pass {
    HkModule *m;
    HkTree *tree;
    HkTerms terms;
    HkTrail *whole, *turns;
    uint32_t searches; /* in all of the function, for the temporary locals */
} Pass;

typedef struct Roll {
    HkStmt *loop, *test, *last; /* last: of one turn */
    uint32_t n;
    uint32_t counter;
} Roll;

/* ---- how often the loop runs ---- */

/* What the local is when the loop is entered, by the plain statements from `stmt` to the loop: a
 * constant? At the function's start locals are zero. */
static bool starts_at(const Pass *p, const HkStmt *stmt, const HkStmt *loop, uint32_t local,
                      uint32_t *start)
{
    const HkFuncType *type = hk_func_type(p->m, p->tree->function);
    bool known = stmt == p->tree->body.first && local >= type->param_count;

    *start = 0;
    for (; stmt != loop; stmt = stmt->next) {
        if (stmt->kind != HK_S_LOCAL || stmt->var != local)
            continue;
        known = stmt->node->op == HK_OP_I32_CONST;
        *start = (uint32_t)stmt->node->value;
    }
    return known;
}

/* The counter of a test `counter == end`, which may be written as `!(counter != end)`, or of
 * `!counter`. */
static bool read_test(const HkNode *test, uint32_t *counter, uint32_t *end)
{
    const HkNode *compared = test->op == HK_OP_I32_EQZ ? test->kids[0] : test;
    bool is_zero = test->op == HK_OP_I32_EQZ && compared->op == HK_OP_LOCAL_GET;

    if (is_zero) {
        *counter = compared->index;
        *end = 0;
        return true;
    }
    if (compared->op != (compared == test ? HK_OP_I32_EQ : HK_OP_I32_NE))
        return false;
    *counter = compared->kids[0]->index;
    *end = (uint32_t)compared->kids[1]->value;
    return compared->kids[0]->op == HK_OP_LOCAL_GET && compared->kids[1]->op == HK_OP_I32_CONST;
}

/* Does the counter come to its end, by what it gains in a turn, before it wraps around? Then it
 * does so too by a part of that. */
static bool ends_evenly(uint32_t start, uint32_t end, int32_t gain)
{
    uint32_t way = gain > 0 ? end - start : start - end;
    uint32_t step = gain > 0 ? (uint32_t)gain : 0 - (uint32_t)gain;

    return step && way && way % step == 0;
}

/* ---- the proof ---- */

static int32_t gain_of(const HkStmt *step)
{
    return (int32_t)step->node->kids[1]->value;
}

/* counter = counter + gain, where that is all it gains. */
static bool is_step(const Pass *p, const HkStmt *stmt)
{
    uint32_t gain;

    return stmt->kind == HK_S_LOCAL && hk_is_sum(stmt->node, stmt->var) &&
           hk_gains(&p->terms, p->whole, stmt->var, &gain) && gain == (uint32_t)gain_of(stmt);
}

static uint32_t count_accesses(const HkNode *node)
{
    uint32_t count = hk_is_access(node->op);

    for (uint32_t i = 0; i < node->count; i++)
        count += count_accesses(node->kids[i]);
    return count;
}

/* The statement with which a turn of so many accesses ends. */
static HkStmt *find_last(const Roll *r, uint32_t accesses)
{
    for (HkStmt *stmt = r->loop->body.first; stmt != r->test; stmt = stmt->next) {
        uint32_t count = stmt->node ? count_accesses(stmt->node) : 0;
        if (count >= accesses)
            return count == accesses ? stmt : NULL;
        accesses -= count;
    }
    return NULL;
}

/* The turns, one after the other, as they would be. After each the counter is a constant more than
 * at first, the same for each since all turns are the same: so the test does not hold between them.
 */
static bool follow_turns(Pass *p, const Roll *r)
{
    HkTrail *trail = p->turns;
    uint32_t gain;

    trail->effect_count = trail->held_count = 0;
    for (uint32_t turn = 0; turn < r->n; turn++) {
        if (!hk_follow(&p->terms, trail, r->loop->body.first, r->last->next))
            return false;
        for (const HkStmt *stmt = r->last->next; stmt != r->test; stmt = stmt->next)
            if (is_step(p, stmt) &&
                (gain_of(stmt) % (int32_t)r->n != 0 ||
                 !hk_step(&p->terms, trail, stmt->var, (uint32_t)(gain_of(stmt) / (int32_t)r->n))))
                return false;
        if (!hk_gains(&p->terms, trail, r->counter, &gain))
            return false;
    }
    return true;
}

/* Was memory accessed at this address before the n-th of these accesses? Then the address lies
 * inside. */
static bool was_accessed(const HkTrail *trail, uint32_t n, HkSum address)
{
    for (uint32_t i = 0; i < n; i++)
        if (hk_is_equal_sum(trail->effects[i].address, address))
            return true;
    return false;
}

/*
 * Do both access the same place? What one has in its static offset the other may have in its
 * address, if that does not wrap around: for less than a page beyond where memory was accessed it
 * does not, unless memory takes all of the address space.
 */
static bool is_same_place(const Pass *p, const HkTrail *whole, uint32_t n, const HkEffect *turn)
{
    const HkEffect *effect = &whole->effects[n];
    uint64_t more = effect->offset - turn->offset;

    if (effect->offset == turn->offset)
        return hk_is_equal_sum(effect->address, turn->address);
    return effect->offset > turn->offset && more < HK_PAGE_SIZE &&
           effect->address.term == turn->address.term &&
           (uint32_t)(turn->address.plus - effect->address.plus) == more &&
           was_accessed(whole, n, effect->address) &&
           hk_most_memory(p->m) <= HK_ADDRESS_SPACE - HK_PAGE_SIZE;
}

static bool are_effects_equal(const Pass *p)
{
    if (p->whole->effect_count != p->turns->effect_count)
        return false;
    for (uint32_t i = 0; i < p->whole->effect_count; i++) {
        const HkEffect *a = &p->whole->effects[i], *b = &p->turns->effects[i];
        if (a->op != b->op || a->lane != b->lane || !hk_is_equal_sum(a->operand, b->operand) ||
            !is_same_place(p, p->whole, i, b))
            return false;
    }
    return true;
}

/* All locals hold the same in the end, or are temporary: set before they are read, and not read
 * behind the loop. What the turns set the body as a whole sets too. */
static bool are_locals_equal(Pass *p, const Roll *r)
{
    uint32_t temporary[HK_MAX_LIVE], count = 0;

    for (uint32_t i = 0; i < p->whole->held_count; i++) {
        const HkHeld *held = &p->whole->held[i];
        HkSum value;
        if (held->is_var ||
            (hk_is_held(p->turns, held->index, &value) && hk_is_equal_sum(held->value, value)))
            continue;
        if (count == HK_MAX_LIVE || hk_is_found(&p->terms, held->index))
            return false;
        temporary[count++] = held->index;
    }
    if (!count)
        return true;
    return p->searches++ < MAX_SEARCHES &&
           !hk_is_read_behind(p->m, p->tree, r->loop, temporary, count);
}

static bool is_proven(Pass *p, Roll *r)
{
    uint32_t accesses = p->whole->effect_count;

    if (accesses % r->n)
        return false;
    r->last = find_last(r, accesses / r->n);
    return r->last && follow_turns(p, r) && are_effects_equal(p) && are_locals_equal(p, r);
}

/* ---- the change ---- */

static void forget(HkTree *tree, const HkStmt *stmt)
{
    if (stmt->node)
        hk_count_reads(tree, stmt->node, UINT32_MAX) /* minus one */;
    if (stmt->kind == HK_S_LOCAL)
        tree->uses[stmt->var].writes--;
}

/* One turn stays, and a part of each step. */
static void roll(const Pass *p, const Roll *r)
{
    HkStmt *end = r->last;

    for (HkStmt *stmt = r->last->next; stmt != r->test; stmt = stmt->next) {
        if (!is_step(p, stmt)) {
            forget(p->tree, stmt);
            continue;
        }
        int32_t part = gain_of(stmt) / (int32_t)r->n;
        stmt->node->kids[1] = hk_new_i32(&p->m->ctx->scratch, (uint32_t)part);
        end->next = stmt;
        end = stmt;
    }
    end->next = r->test;
}

/* ---- the walk ---- */

static bool follow_whole(Pass *p, const Roll *r)
{
    HkArena *arena = &p->m->ctx->scratch;

    if (!p->whole) {
        p->whole = HK_NEW(arena, HkTrail);
        p->turns = HK_NEW(arena, HkTrail);
    }
    hk_terms_reset(&p->terms, arena);
    p->whole->effect_count = p->whole->held_count = 0;
    return hk_follow(&p->terms, p->whole, r->loop->body.first, r->test);
}

/* `run`: the first of the plain statements before the loop. */
static void visit_loop(Pass *p, HkStmt *loop, const HkStmt *run)
{
    Roll r = {.loop = loop, .test = hk_only_exit(loop)};
    uint32_t start, end, gain;

    if (!r.test || !read_test(r.test->node, &r.counter, &end) ||
        !starts_at(p, run, loop, r.counter, &start) || !follow_whole(p, &r) ||
        !hk_gains(&p->terms, p->whole, r.counter, &gain) || !ends_evenly(start, end, (int32_t)gain))
        return;
    uint32_t accesses = p->whole->effect_count;
    for (r.n = accesses < MOST_TURNS ? accesses : MOST_TURNS; r.n > 1; r.n--)
        if (is_proven(p, &r)) {
            roll(p, &r);
            return;
        }
}

static void visit_body(Pass *p, HkBody *body)
{
    const HkStmt *run = body->first;

    for (HkStmt *stmt = body->first; stmt; stmt = stmt->next) {
        if (stmt->kind <= HK_S_DECLARE)
            continue;
        for (uint32_t i = 0; i < stmt->arm_count; i++)
            visit_body(p, &stmt->arms[i].body);
        visit_body(p, &stmt->body);
        visit_body(p, &stmt->otherwise);
        if (stmt->kind == HK_S_LOOP)
            visit_loop(p, stmt, run);
        run = stmt->next;
    }
}

/* Not where it shows how many turns a loop has, or which instruction an access is of. */
void hk_roll_loops(HkModule *m, HkTree *tree)
{
    Pass p = {.m = m, .tree = tree};

    if (!m->options->fuel && !m->options->trace && tree->loops)
        visit_body(&p, &tree->body);
}
