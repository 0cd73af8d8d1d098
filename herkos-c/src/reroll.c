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
 *
 * Rolled up the loop asks n times as often whether it is to end. Where it is not known that it
 * ends after a whole number of the n turns, it stays beside what is made of it, and which of the
 * two runs is asked before them. That is done only for loops that LLVM may vectorise.
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
    uint32_t counter, gain; /* the local that is compared, and what it gains in the whole body */
    const HkNode *end;      /* what it is compared with */
    bool ends_evenly;       /* known to */
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

/* The sides of a test `a == b`, which may be written as `!(a != b)`, or of `!a`. */
static bool read_test(const HkNode *test, const HkNode *sides[2])
{
    static const HkNode zero = {.op = HK_OP_I32_CONST, .type = HK_I32, .width = 1};
    const HkNode *compared = test->op == HK_OP_I32_EQZ ? test->kids[0] : test;

    if (compared != test && compared->op == HK_OP_LOCAL_GET) {
        sides[0] = compared;
        sides[1] = &zero;
        return true;
    }
    if (compared->op != (compared == test ? HK_OP_I32_EQ : HK_OP_I32_NE))
        return false;
    sides[0] = compared->kids[0];
    sides[1] = compared->kids[1];
    return true;
}

/* The same in all turns? */
static bool is_invariant(const Pass *p, const HkNode *node)
{
    HkSum value;

    return hk_is_const(node) ||
           (node->op == HK_OP_LOCAL_GET && !hk_is_held(p->whole, node->index, &value));
}

static bool find_counter(const Pass *p, Roll *r, const HkNode *sides[2])
{
    for (int i = 0; i < 2; i++) {
        r->counter = sides[i]->index;
        r->end = sides[1 - i];
        if (sides[i]->op == HK_OP_LOCAL_GET && is_invariant(p, r->end) &&
            hk_gains(&p->terms, p->whole, r->counter, &r->gain))
            return true;
    }
    return false;
}

/* What the counter gains, or loses, in a turn. */
static uint32_t step_of(const Roll *r)
{
    return (int32_t)r->gain > 0 ? r->gain : 0 - r->gain;
}

/* Does the counter come to its end, by what it gains in a turn, before it wraps around? Then it
 * does so too by a part of that. */
static bool ends_evenly(const Roll *r, uint32_t start)
{
    uint32_t end = (uint32_t)r->end->value;
    uint32_t way = (int32_t)r->gain > 0 ? end - start : start - end;

    return way && way % step_of(r) == 0;
}

/* Is it known by now whether it ends evenly, or can one ask before the loop? If the step is a power
 * of two it divides the numbers that there are, so that one can, wrap around or not. */
static bool can_tell_end(const Pass *p, const HkStmt *run, Roll *r)
{
    uint32_t start;

    if (!hk_is_const(r->end) || !starts_at(p, run, r->loop, r->counter, &start))
        return (step_of(r) & (step_of(r) - 1)) == 0;
    r->ends_evenly = ends_evenly(r, start);
    return r->ends_evenly;
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

/* A part of what each counter gains in the whole body is added behind a turn. */
static bool follow_steps(Pass *p, const Roll *r)
{
    for (const HkStmt *stmt = r->last->next; stmt != r->test; stmt = stmt->next)
        if (is_step(p, stmt) &&
            (gain_of(stmt) % (int32_t)r->n != 0 ||
             !hk_step(&p->terms, p->turns, stmt->var, (uint32_t)(gain_of(stmt) / (int32_t)r->n))))
            return false;
    return true;
}

/* The turns, one after the other, as they would be. With each the counter gains its part, no other
 * number that comes to the same by wrapping around: so it meets its end when it did, not between
 * two turns nor on its way around. */
static bool follow_turns(Pass *p, const Roll *r)
{
    HkTrail *trail = p->turns;
    uint32_t part = (uint32_t)((int32_t)r->gain / (int32_t)r->n), gain;

    trail->effect_count = trail->held_count = 0;
    for (uint32_t turn = 1; turn <= r->n; turn++)
        if (!hk_follow(&p->terms, trail, r->loop->body.first, r->last->next) ||
            !follow_steps(p, r) || !hk_gains(&p->terms, trail, r->counter, &gain) ||
            gain != turn * part)
            return false;
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
        hk_count_reads(tree, stmt->node, UINT32_MAX); /* minus one */
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

static HkNode *new_node(const Pass *p, uint16_t op, HkNode *a, HkNode *b)
{
    HkArena *arena = &p->m->ctx->scratch;
    HkNode *node = HK_NEW(arena, HkNode);

    node->op = op;
    node->type = HK_I32;
    node->count = b ? 2 : 1;
    node->kids = HK_NEW_ARRAY(arena, 2, HkNode *);
    node->kids[0] = a;
    node->kids[1] = b;
    hk_count_node(p->m, p->tree, op, node->count);
    return node;
}

static bool is_zero(const HkNode *node)
{
    return hk_is_const(node) && !node->value;
}

/* (counter - end) & (step - 1) == 0 */
static HkNode *new_test(const Pass *p, const Roll *r)
{
    const HkNode counter = {.op = HK_OP_LOCAL_GET, .type = HK_I32, .index = r->counter};
    HkNode *mask = hk_new_i32(&p->m->ctx->scratch, step_of(r) - 1);
    HkNode *way = hk_copy_node(p->m, p->tree, &counter);

    if (!is_zero(r->end))
        way = new_node(p, HK_OP_I32_SUB, way, hk_copy_node(p->m, p->tree, r->end));
    return new_node(p, HK_OP_I32_EQZ, new_node(p, HK_OP_I32_AND, way, mask), NULL);
}

/* Both are a level deeper than the loop was: is there room on the lines? A load or store is all of
 * its line. */
static void check_widths(const Pass *p, const HkBody *body, uint32_t depth)
{
    for (const HkStmt *stmt = body->first; stmt; stmt = stmt->next)
        if (stmt->node && stmt->kind != HK_S_DO && stmt->node->width > hk_width_limit(depth))
            p->tree->unformatted = true;
}

/* if it ends evenly { rolled up } else { the loop as it was } */
static void roll_if_even(const Pass *p, const Roll *r, uint32_t depth)
{
    HkStmt *place = r->loop;
    HkStmt *unrolled = hk_copy_loop(p->m, p->tree, r->loop);
    HkStmt *rolled = HK_NEW(&p->m->ctx->scratch, HkStmt);

    roll(p, r);
    *rolled = *r->loop;
    rolled->next = NULL;
    *place = (HkStmt){.next = place->next,
                      .kind = HK_S_IF,
                      .offset = place->offset,
                      .node = new_test(p, r),
                      .body = {rolled, rolled},
                      .otherwise = {unrolled, unrolled}};
    check_widths(p, &rolled->body, depth + 2);
    check_widths(p, &unrolled->body, depth + 2);
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
static void visit_loop(Pass *p, HkStmt *loop, const HkStmt *run, uint32_t depth)
{
    Roll r = {.loop = loop, .test = hk_only_exit(loop)};
    const HkNode *sides[2];

    if (!r.test || !read_test(r.test->node, sides) || !follow_whole(p, &r) ||
        !find_counter(p, &r, sides) || !can_tell_end(p, run, &r) ||
        (!r.ends_evenly && !hk_is_regular(&p->terms, p->whole)))
        return;
    uint32_t accesses = p->whole->effect_count;
    for (r.n = accesses < MOST_TURNS ? accesses : MOST_TURNS; r.n > 1; r.n--)
        if (is_proven(p, &r)) {
            if (r.ends_evenly)
                roll(p, &r);
            else
                roll_if_even(p, &r, depth);
            return;
        }
}

static void visit_body(Pass *p, HkBody *body, uint32_t depth)
{
    const HkStmt *run = body->first;

    for (HkStmt *stmt = body->first; stmt; stmt = stmt->next) {
        if (stmt->kind <= HK_S_DECLARE)
            continue;
        for (uint32_t i = 0; i < stmt->arm_count; i++)
            visit_body(p, &stmt->arms[i].body, depth + 2);
        visit_body(p, &stmt->body, depth + 1);
        visit_body(p, &stmt->otherwise, depth + 1);
        if (stmt->kind == HK_S_LOOP)
            visit_loop(p, stmt, run, depth);
        run = stmt->next;
    }
}

/* Not where it shows how many turns a loop has, or which instruction an access is of. */
void hk_roll_loops(HkModule *m, HkTree *tree)
{
    Pass p = {.m = m, .tree = tree};

    if (!m->options->fuel && !m->options->trace && tree->loops)
        visit_body(&p, &tree->body, 1);
}
