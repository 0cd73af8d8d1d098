/*
 * symbolic.c: what straight-line code does, as told by what it found: the loads and stores in their
 * order, and what locals hold in the end, as terms over what they held before and over what was
 * loaded.
 *
 * Terms are kept once (hash consing), so that equal ones have equal numbers. Constants that are
 * added are kept apart, so that a sum is the same in whatever steps it was made; other than that
 * terms are what the code says. Pieces of code that give the same trail do the same.
 */
#include "loops.h"

enum { MAX_TERMS = 1024, SLOTS = 2 * MAX_TERMS, MAX_KIDS = 3 };

struct HkTerm {
    uint16_t op; /* HK_OP_LOCAL_GET, HK_OP_VAR: what was found there */
    bool quiets;
    uint8_t count;
    uint32_t index; /* of a load: which of the effects it is */
    uint64_t value;
    HkSum kids[MAX_KIDS];
};

bool hk_is_equal_sum(HkSum a, HkSum b)
{
    return a.term == b.term && a.plus == b.plus;
}

void hk_terms_reset(HkTerms *t, HkArena *arena)
{
    if (!t->terms) {
        t->terms = HK_NEW_ARRAY(arena, MAX_TERMS, HkTerm);
        t->slots = HK_NEW_ARRAY(arena, SLOTS, uint32_t);
    }
    memset(t->slots, 0, SLOTS * sizeof *t->slots);
    t->count = 1; /* zero */
}

static uint32_t hash(const HkTerm *term)
{
    uint64_t h = term->op ^ (uint64_t)term->index << 16;

    h = (h ^ term->value) * UINT64_C(0x9e3779b97f4a7c15);
    for (uint32_t i = 0; i < term->count; i++) {
        uint64_t kid = (uint64_t)term->kids[i].term << 32 | term->kids[i].plus;
        h = (h ^ h >> 32 ^ kid) * UINT64_C(0x9e3779b97f4a7c15);
    }
    return (uint32_t)(h >> 40);
}

static bool is_equal(const HkTerm *a, const HkTerm *b)
{
    if (a->op != b->op || a->quiets != b->quiets || a->count != b->count || a->index != b->index ||
        a->value != b->value)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!hk_is_equal_sum(a->kids[i], b->kids[i]))
            return false;
    return true;
}

/* The slot of the term, or the free one that would be its. */
static uint32_t slot_of(const HkTerms *t, const HkTerm *term)
{
    uint32_t slot = hash(term) % SLOTS;

    while (t->slots[slot] && !is_equal(&t->terms[t->slots[slot]], term))
        slot = (slot + 1) % SLOTS;
    return slot;
}

/* False if there is no room. */
static bool intern(HkTerms *t, const HkTerm *term, HkSum *sum)
{
    uint32_t slot = slot_of(t, term);

    if (!t->slots[slot]) {
        if (t->count == MAX_TERMS)
            return false;
        t->terms[t->count] = *term;
        t->slots[slot] = t->count++;
    }
    *sum = (HkSum){t->slots[slot], 0};
    return true;
}

/* The place among what is held, or the next free one. */
static uint32_t place_of(const HkTrail *trail, bool is_var, uint32_t index)
{
    uint32_t at = 0;

    while (at < trail->held_count &&
           (trail->held[at].is_var != is_var || trail->held[at].index != index))
        at++;
    return at;
}

static bool found(HkTerms *t, const HkTrail *trail, const HkNode *node, HkSum *sum)
{
    uint32_t at = place_of(trail, node->op == HK_OP_VAR, node->index);

    if (at < trail->held_count) {
        *sum = trail->held[at].value;
        return true;
    }
    return intern(t, &(HkTerm){.op = node->op, .index = node->index}, sum);
}

static bool add(HkTerms *t, HkSum a, HkSum b, HkSum *sum)
{
    uint32_t plus = a.plus + b.plus;

    if (!a.term || !b.term) {
        *sum = (HkSum){a.term + b.term, plus};
        return true;
    }
    HkTerm term = {.op = HK_OP_I32_ADD, .count = 2};
    term.kids[0].term = a.term < b.term ? a.term : b.term;
    term.kids[1].term = a.term < b.term ? b.term : a.term;
    if (!intern(t, &term, sum))
        return false;
    sum->plus = plus;
    return true;
}

/* What an instruction has no immediate for is not set in its node. */
static uint32_t index_of(const HkNode *node)
{
    switch (hk_ops[node->op].immediate) {
    case HK_IMM_GLOBAL:
    case HK_IMM_LANE:
    case HK_IMM_MEMARG_LANE: return node->index;
    default: return 0;
    }
}

static uint64_t value_of(const HkNode *node)
{
    return hk_is_const(node) || node->op == HK_OP_V128_CONST || node->op == HK_OP_I8X16_SHUFFLE
               ? node->value
               : 0;
}

static bool access(HkTerms *t, HkTrail *trail, const HkNode *node, const HkSum *kids, HkSum *sum)
{
    bool is_load = hk_ops[node->op].flags & HK_E_MEMORY_R;

    if (trail->effect_count == HK_MAX_EFFECTS)
        return false;
    trail->effects[trail->effect_count++] = (HkEffect){
        node->op, index_of(node), node->value, kids[0], node->count > 1 ? kids[1] : (HkSum){0}};
    return !is_load || intern(t, &(HkTerm){.op = node->op, .index = trail->effect_count}, sum);
}

/* Does the result depend on the operands alone, as no statement followed here sets a global? */
static bool is_pure(const HkNode *node)
{
    switch (node->op) {
    case HK_OP_GLOBAL_GET: return !(node->effects & HK_E_HOST);
    case HK_OP_SELECT:
    case HK_OP_V128_CONST:
    case HK_OP_I8X16_SHUFFLE: return true;
    default:
        return hk_is_const(node) ||
               (hk_ops[node->op].rust[0] && !(hk_ops[node->op].flags & HK_E_ALL));
    }
}

static bool evaluate(HkTerms *t, HkTrail *trail, const HkNode *node, HkSum *sum)
{
    HkSum kids[MAX_KIDS];

    *sum = (HkSum){0};
    if (node->op == HK_OP_VAR || node->op == HK_OP_LOCAL_GET)
        return found(t, trail, node, sum);
    if (node->op == HK_OP_I32_CONST) {
        sum->plus = (uint32_t)node->value;
        return true;
    }
    if (node->count > MAX_KIDS)
        return false;
    for (uint32_t i = 0; i < node->count; i++)
        if (!evaluate(t, trail, node->kids[i], &kids[i]))
            return false;
    if (node->op == HK_OP_I32_ADD)
        return add(t, kids[0], kids[1], sum);
    if (hk_is_access(node->op))
        return access(t, trail, node, kids, sum);
    if (!is_pure(node))
        return false;
    HkTerm term = {.op = node->op,
                   .quiets = node->quiets,
                   .count = (uint8_t)node->count,
                   .index = index_of(node),
                   .value = value_of(node)};
    for (uint32_t i = 0; i < node->count; i++)
        term.kids[i] = kids[i];
    return intern(t, &term, sum);
}

static bool hold(HkTrail *trail, bool is_var, uint32_t index, HkSum value)
{
    uint32_t at = place_of(trail, is_var, index);

    if (at == HK_MAX_HELD)
        return false;
    trail->held[at] = (HkHeld){is_var, index, value};
    trail->held_count += at == trail->held_count;
    return true;
}

static bool follow(HkTerms *t, HkTrail *trail, const HkStmt *stmt)
{
    HkSum sum;

    switch (stmt->kind) {
    case HK_S_NOP: return true;
    case HK_S_DO: return hk_is_access(stmt->node->op) && evaluate(t, trail, stmt->node, &sum);
    case HK_S_LOCAL:
        return evaluate(t, trail, stmt->node, &sum) && hold(trail, false, stmt->var, sum);
    case HK_S_LET:
        return stmt->count <= 1 && evaluate(t, trail, stmt->node, &sum) &&
               hold(trail, true, stmt->var, sum);
    default: return false;
    }
}

bool hk_follow(HkTerms *t, HkTrail *trail, const HkStmt *stmt, const HkStmt *end)
{
    for (; stmt != end; stmt = stmt->next)
        if (!follow(t, trail, stmt))
            return false;
    return true;
}

bool hk_step(HkTerms *t, HkTrail *trail, uint32_t local, uint32_t step)
{
    HkSum sum;

    if (!found(t, trail, &(HkNode){.op = HK_OP_LOCAL_GET, .index = local}, &sum))
        return false;
    sum.plus += step;
    return hold(trail, false, local, sum);
}

bool hk_is_held(const HkTrail *trail, uint32_t local, HkSum *value)
{
    uint32_t at = place_of(trail, false, local);

    if (at < trail->held_count)
        *value = trail->held[at].value;
    return at < trail->held_count;
}

static uint32_t term_before(const HkTerms *t, uint32_t local)
{
    return t->slots[slot_of(t, &(HkTerm){.op = HK_OP_LOCAL_GET, .index = local})];
}

bool hk_gains(const HkTerms *t, const HkTrail *trail, uint32_t local, uint32_t *gain)
{
    uint32_t before = term_before(t, local);
    HkSum value;

    if (!before || !hk_is_held(trail, local, &value) || value.term != before)
        return false;
    *gain = value.plus;
    return value.plus != 0;
}

bool hk_is_found(const HkTerms *t, uint32_t local)
{
    return term_before(t, local) != 0;
}

/* ---- what could be done for many turns at once ---- */

/* Does anything but its gain, a constant, go from turn to turn in a local? */
static bool is_carried(const HkTerms *t, const HkHeld *held)
{
    uint32_t before = held->is_var ? 0 : term_before(t, held->index);

    return before && held->value.term != before;
}

/* Of each term: is it the same in all turns, or a number of the counters alone? */
static void mark_terms(const HkTerms *t, const HkTrail *trail, bool *varies, bool *is_loaded)
{
    uint32_t gain;

    for (uint32_t i = 1; i < t->count; i++) {
        const HkTerm *term = &t->terms[i];
        varies[i] = term->op == HK_OP_LOCAL_GET && hk_gains(t, trail, term->index, &gain);
        is_loaded[i] = hk_is_access(term->op);
        for (uint32_t k = 0; k < term->count; k++) {
            varies[i] |= varies[term->kids[k].term];
            is_loaded[i] |= is_loaded[term->kids[k].term];
        }
    }
}

bool hk_is_regular(const HkTerms *t, const HkTrail *trail)
{
    bool varies[MAX_TERMS] = {false}, is_loaded[MAX_TERMS] = {false};

    for (uint32_t i = 0; i < trail->held_count; i++)
        if (is_carried(t, &trail->held[i]))
            return false;
    mark_terms(t, trail, varies, is_loaded);
    for (uint32_t i = 0; i < trail->effect_count; i++) {
        uint32_t address = trail->effects[i].address.term;
        if (!varies[address] || is_loaded[address])
            return false;
    }
    return true;
}
