/*
 * build.h: between build.c (instructions to statements), build_blocks.c (structured control),
 * build_stack.c (the stack of pending trees) and build_live.c (how long values are held).
 */
#ifndef HK_BUILD_H
#define HK_BUILD_H

#include "tree.h"

typedef struct HkFrame {
    uint16_t op;
    HkLabel *label;
    HkBody body, then_body; /* then_body: of an if that is now in its else */
    HkNode *condition;
    HkBlockType type;
    uint32_t offset;  /* of the instruction in the input */
    uint32_t height;  /* of the stack below the block's parameters */
    uint32_t results; /* first result variable, plus one; 0: not needed so far */
    uint32_t params;  /* loop: first parameter variable */
    bool then_reachable;
    HkStmt *switch_block; /* the last block appended to body that ends in a switch */
    HkNode **saved;       /* if: the parameters, for the else part */
    uint32_t cost;        /* loop: instructions of one turn */
} HkFrame;

typedef struct HkBuilder {
    HkModule *m;
    HkTree *tree;
    HkTreeSpace *space;
    HkArena *arena;
    HkReader r;
    HkInstr instr;
    HkNode **stack;
    size_t stack_count, stack_capacity;
    size_t
        settled; /* entries below it are variables or constants: nothing can conflict with them */
    HkFrame *frames;
    size_t frame_count, frame_capacity;
    HkLoopSpan **loops; /* around this place, outermost first */
    size_t loop_count, loop_capacity;
    size_t local_capacity;
    uint32_t label_count;
    size_t start, spent; /* offset of the body; see hk_build_spend */
    uint32_t nested;     /* blocks opened in unreachable code */
    bool reachable;
} HkBuilder;

/* What is evaluated when a statement runs that takes the `operands` topmost entries. */
typedef struct HkEvent {
    unsigned effects;
    int64_t local; /* the local that it sets, or -1 */
    uint32_t operands;
} HkEvent;

/* build_stack.c */
HkFrame *hk_build_frame(HkBuilder *b);
void hk_build_pay(HkBuilder *b, uint32_t cost);
HkStmt *hk_build_stmt(HkBuilder *b, HkStmtKind kind); /* appended to the body at hand */
void hk_build_spend(HkBuilder *b, uint32_t values);
uint32_t hk_build_vars(HkBuilder *b, const uint8_t *types, uint32_t count);
HkNode *hk_build_node(HkBuilder *b, uint16_t op, uint8_t type, uint32_t count);
HkNode *hk_build_var(HkBuilder *b, uint32_t var);
void hk_build_measure(HkBuilder *b, HkNode *node); /* effects and width from the operands */
uint32_t hk_build_limit(const HkBuilder *b);
void hk_build_push(HkBuilder *b, HkNode *node);
HkNode *hk_build_pop(HkBuilder *b);
void hk_build_take(HkBuilder *b, HkNode *node);    /* pops the node's operands into it */
void hk_build_settle(HkBuilder *b, HkEvent event); /* spills what must come before the event */
void hk_build_spill_all(HkBuilder *b,
                        uint32_t operands); /* all but constants, below the topmost operands */
void hk_build_atoms(HkBuilder *b, uint32_t count,
                    uint32_t above); /* makes entries repeatable, but for those above */
void hk_build_drop(HkBuilder *b);    /* pops a value that nobody wants */
void hk_build_release(HkBuilder *b, HkNode *node); /* a tree that won't be printed */
void hk_build_acquire(HkBuilder *b,
                      const HkNode *atom); /* an atom that will be printed once more */
bool hk_build_needs_quieting(const HkBuilder *b, uint16_t op, uint32_t operands); /* see there */

/* build_live.c */
void hk_live_begin_loop(HkBuilder *b);
void hk_live_end_loop(HkBuilder *b);
void hk_live_use(const HkBuilder *b, HkLocalUse *use, bool writes); /* a local is read or written */
void hk_live_push(HkBuilder *b, uint8_t type);                      /* an operand is on the stack */
void hk_live_finish(HkBuilder *b); /* at the end of the function: tree->held */

/* build_switch.c */
void hk_build_branch_table(HkBuilder *b);
void hk_build_note_switch(HkFrame *frame,
                          HkStmt *block); /* a block was appended to the frame's body */
bool hk_build_fold_switch(HkFrame *frame, HkStmt *leave); /* see there */

/* build_blocks.c */
void hk_build_begin_frame(HkBuilder *b, uint16_t op, HkBlockType type);
void hk_build_begin_block(HkBuilder *b);
void hk_build_begin_else(HkBuilder *b);
void hk_build_end_frame(HkBuilder *b);
void hk_build_branch(HkBuilder *b, uint32_t depth);
void hk_build_branch_if(HkBuilder *b, uint32_t depth);
HkNode **hk_build_shared_values(HkBuilder *b, uint32_t count,
                                uint32_t above); /* stay on the stack, and branch */
HkBody hk_build_shared_branch(HkBuilder *b, uint32_t depth, HkNode **values);
uint32_t hk_build_label_arity(const HkFrame *frame);
void hk_build_unreachable(HkBuilder *b); /* control does not go on here */
void hk_build_return(HkBuilder *b, HkNode **values, uint32_t count);
HkNode **hk_build_values(HkBuilder *b, uint32_t count,
                         bool assigned); /* pops values that leave the straight line */

#endif
