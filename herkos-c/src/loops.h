/*
 * loops.h: the passes that change loops, between the builder and the emitter, and what they stand
 * on.
 */
#ifndef HK_LOOPS_H
#define HK_LOOPS_H

#include "tree.h"

/* ---- symbolic.c: what straight-line code does, as told by what it found ---- */

enum { HK_MAX_EFFECTS = 96, HK_MAX_HELD = 128 };

/* A value: a term, plus a constant where it is an i32. Equal values are equal here, though not the
   other way round. Term 0 is the number zero. */
typedef struct HkSum {
    uint32_t term, plus;
} HkSum;

bool hk_is_equal_sum(HkSum a, HkSum b);

/* A load or store. */
typedef struct HkEffect {
    uint16_t op;
    uint32_t lane;
    uint64_t offset;        /* static: added without wrapping around */
    HkSum address, operand; /* operand: what is stored, or the vector that a lane is loaded into */
} HkEffect;

typedef struct HkHeld { /* by a local or a variable */
    bool is_var;
    uint32_t index;
    HkSum value;
} HkHeld;

/* What some statements did, in their order, and what is held after them. */
typedef struct HkTrail {
    HkEffect effects[HK_MAX_EFFECTS];
    HkHeld held[HK_MAX_HELD]; /* besides these all is as it was */
    uint32_t effect_count, held_count;
} HkTrail;

typedef struct HkTerm HkTerm;
typedef struct HkTerms {
    HkTerm *terms;
    uint32_t count;
    uint32_t *slots; /* by hash */
} HkTerms;

void hk_terms_reset(HkTerms *t, HkArena *arena);
/* Goes on by the statements before `end`. False if they are not straight-line code without any
   effect but on memory, or if there is no room. */
bool hk_follow(HkTerms *t, HkTrail *trail, const HkStmt *stmt, const HkStmt *end);
/* Adds to what the local holds. False if there is no room. */
bool hk_step(HkTerms *t, HkTrail *trail, uint32_t local, uint32_t step);
/* Was the local set to anything, and to what? */
bool hk_is_held(const HkTrail *trail, uint32_t local, HkSum *value);
/* Does the local hold what it held before plus a constant other than zero? */
bool hk_gains(const HkTerms *t, const HkTrail *trail, uint32_t local, uint32_t *gain);
/* Did anything ask for what the local held before? */
bool hk_is_found(const HkTerms *t, uint32_t local);

/* Does nothing but counters go from turn to turn of a loop of which this is the trail, and is each
   place a matter of them? Then LLVM may do many turns at once. */
bool hk_is_regular(const HkTerms *t, const HkTrail *trail);

/* ---- live.c ---- */

enum { HK_MAX_LIVE = 64 };

/* May any of these locals, as they are when control leaves the loop, be read? */
bool hk_is_read_behind(HkModule *m, const HkTree *tree, const HkStmt *loop, const uint32_t *locals,
                       uint32_t count);

/* ---- copy.c ---- */

/* The loop once more, with variables and a label of its own. It is straight-line code (see
   hk_follow), but for its only exit. */
HkStmt *hk_copy_loop(HkModule *m, HkTree *tree, const HkStmt *loop);
HkNode *hk_copy_node(HkModule *m, HkTree *tree, const HkNode *node);

/* ---- the passes ---- */

/* counters.c */
void hk_start_counters_at_zero(HkModule *m, HkTree *tree);

/* reroll.c */
void hk_roll_loops(HkModule *m, HkTree *tree);

#endif
