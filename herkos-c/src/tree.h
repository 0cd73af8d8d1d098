/*
 * tree.h: a function body as structured statements with typed expression trees.
 *
 * Invariants that the builder (build*.c) keeps and the emitter (emit_*.c) relies on:
 *  - printing statements in order, each tree's operands from left to right, is the WebAssembly
 * order of evaluation as far as it can be observed: effects and traps happen in the same order;
 *  - nothing that can't be reached is in the tree;
 *  - no tree is printed wider than the statement it stands in has room for;
 *  - variables other than locals are assigned once on every path, except the parameters of loops.
 */
#ifndef HK_TREE_H
#define HK_TREE_H

#include "hk.h"

typedef struct HkNode HkNode;
struct HkNode {
    uint16_t op; /* HkOp, or HK_OP_VAR */
    uint8_t type;
    uint16_t count;   /* operands */
    uint16_t effects; /* HK_E_ bits, of the operands too */
    uint16_t width;   /* upper bound of the columns it is printed in */
    bool quiets;      /* NaN of its result is made quiet */
    uint32_t index;   /* local, variable, global, function, type, table, segment or lane */
    uint32_t table;   /* second index: of a table */
    uint32_t offset;  /* of the instruction in the input */
    uint64_t value;   /* bits of a constant; offset of a memory access; see HkInstr */
    HkNode **kids;
};

typedef struct HkArm HkArm;

typedef struct HkLabel {
    uint32_t id, uses; /* uses: by break or continue */
    HkArm *arm;        /* of a switch: it does nothing but break to this label */
} HkLabel;

typedef enum HkStmtKind {
    HK_S_LET,    /* let v = node;  with count > 1: let (v, v + 1, ...) = node; */
    HK_S_SET,    /* v = node; */
    HK_S_LOCAL,  /* local = node; */
    HK_S_GLOBAL, /* global = node; */
    HK_S_DO,     /* node; */
    HK_S_NOP,
    HK_S_DECLARE, /* variables var .. var + count, assigned later */
    HK_S_BLOCK,
    HK_S_LOOP,
    HK_S_IF,
    HK_S_SWITCH,
    HK_S_BREAK,
    HK_S_CONTINUE,
    HK_S_RETURN, /* of nodes */
    HK_S_TRAP    /* unreachable */
} HkStmtKind;

typedef struct HkStmt HkStmt;
typedef struct HkBody {
    HkStmt *first, *last;
} HkBody;

typedef struct HkRange {
    uint32_t first, last;
} HkRange;

struct HkArm { /* of a switch: the ranges are ascending */
    HkRange *ranges;
    uint32_t range_count;
    HkBody body;
};

struct HkStmt {
    HkStmt *next;
    HkStmtKind kind;
    bool falls;          /* loop: its end is reached, and leaves it */
    uint32_t offset;     /* of the instruction in the input */
    uint32_t var, count; /* first variable and how many; index of a local or global */
    uint32_t cost;       /* loop: fuel of one turn */
    HkNode *node;        /* value or condition */
    HkNode **nodes;      /* return: `count` of them */
    HkLabel *label;
    HkBody body, otherwise; /* otherwise: the else part */
    HkArm *arms;            /* switch: the default, which has no ranges, comes last */
    uint32_t arm_count;
};

typedef struct HkVar {
    uint8_t type;
    uint32_t reads, writes; /* writes beyond the let */
    const HkNode *spilled;  /* the tree that it stands for; NULL: not known */
} HkVar;

typedef struct HkTree {
    uint32_t function;
    HkLocals locals;
    HkBody body;
    bool falls; /* the end is reached, with these results: */
    HkNode **results;
    HkVar *vars;
    uint32_t var_count;
    size_t var_capacity;
    uint32_t *used_locals; /* besides parameters; ascending */
    uint32_t used_local_count;
    HkLocalUse *uses;
    uint32_t cost;                                /* fuel of everything outside of loops */
    uint32_t operators, checks, calls, arguments; /* nodes: with operands, that may trap, ... */
    uint32_t accesses;                            /* loads and stores */
    uint32_t vectors;                             /* operands and results of type v128 */
    uint32_t call_results;                        /* of calls that have several */
    uint32_t loops, labels;
    uint32_t height, widest; /* of the operand stack at most; bytes that an operand takes there */
    uint32_t held;           /* bytes of locals and operands at once, at most */
    bool unformatted; /* something is wider than a line: rustfmt is told to leave the function alone
                       */
} HkTree;

/* tree.c */
bool hk_is_const(const HkNode *node); /* a number */
bool hk_is_atom(const HkNode *node);  /* that, a local or a variable */
bool hk_is_get(const HkNode *node, uint32_t local);
bool hk_is_sum(const HkNode *node, uint32_t local); /* the local plus a constant */
bool hk_reads_local(const HkNode *node, uint32_t local);
/* Is all of the body one such statement? */
bool hk_is_lone(const HkBody *body, HkStmtKind kind, const HkLabel *label);
/* The loop's last statement, if that leaves it on a condition, and nothing else leaves or repeats
   the loop. */
HkStmt *hk_only_exit(const HkStmt *loop);
uint32_t hk_digits(uint64_t value);
uint16_t hk_var_width(uint32_t var);
/* How wide a tree may become where statements are indented by so many levels. The statement's own
   text and the indentation want their part of the line. */
uint32_t hk_width_limit(uint32_t depth);
/* Counts a node among what the estimate of the function's frame is made from. */
void hk_count_node(HkModule *m, HkTree *tree, uint16_t op, uint32_t operands);
/* The node is in the tree `by` more times (wraps around, so that it may be less). */
void hk_count_reads(HkTree *tree, const HkNode *node, uint32_t by);
HkNode *hk_new_i32(HkArena *arena, uint32_t value);
uint32_t hk_new_vars(HkArena *arena, HkTree *tree, const uint8_t *types, uint32_t count);

/* Loads and stores, whose first operand is an address. */
static inline bool hk_is_access(size_t op)
{
    return op < HK_OP_COUNT &&
           (hk_ops[op].immediate == HK_IMM_MEMARG || hk_ops[op].immediate == HK_IMM_MEMARG_LANE);
}

/* How much of an operation's name says which lanes of its result may be NaN: `f32` or `f64x2`. */
static inline uint32_t hk_nan_prefix(size_t op)
{
    return (uint32_t)strcspn(hk_ops[op].text, ".");
}

/* build.c */
void hk_tree_build(HkModule *m, HkTreeSpace *space, uint32_t function, HkTree *tree);
void hk_tree_space_init(HkModule *m, HkTreeSpace *space);

/* emit_const.c */
void hk_emit_const(HkBuf *out, uint8_t type, uint64_t bits, bool suffix);
uint32_t hk_type_number(const HkModule *m, uint32_t type);
void hk_emit_init(HkBuf *out, const HkModule *m, const HkInit *init); /* not of a global */

/* emit_expr.c */
#define HK_TRI "tri!" /* the runtime's macro for accesses: `?` of which rustc makes less */
typedef struct HkEmitter {
    HkModule *m;
    HkBuf *out;
    const HkTree *tree;
    uint32_t indent;
    uint32_t printed;   /* HK_USE_ bits whose parameter was really printed */
    bool has_slice;     /* the function keeps the slice of a growable memory in a variable */
    bool refreshed;     /* and takes it anew somewhere */
    bool knows_least;   /* the compiler is told the least length of the memory */
    size_t first_mark;  /* of the function */
    const HkLine *line; /* of the sources, which the text at hand is said to be of; or NULL */
    const HkStmt *tail; /* the last statement, which needs no `return` */
    bool is_deep;       /* something is indented further than HK_MAX_INDENT */
    bool in_part;       /* functions are in modules of their own */
} HkEmitter;

bool hk_is_operator(const HkNode *node);              /* of Rust, with operands beside it */
void hk_emit_value(HkEmitter *e, const HkNode *node); /* where the type is known from outside */
void hk_emit_typed_value(HkEmitter *e,
                         const HkNode *node); /* where it is not: a literal says its type */
void hk_emit_condition(HkEmitter *e, const HkNode *node, bool negated);
void hk_emit_local(HkEmitter *e, uint32_t index);
void hk_emit_var(HkEmitter *e, uint32_t var);
bool hk_emit_wide_call(HkEmitter *e,
                       const HkNode *node); /* a call as a statement; false: is no call */

/* emit_vector.c */
enum { HK_LANES_WIDTH = 22 }; /* of hk_lanes_ident */
void hk_emit_vector(HkBuf *out, const HkModule *m, uint64_t at);
const char *hk_lanes_ident(HkModule *m, uint64_t at); /* notes that the constant is used */
void hk_emit_lanes(const HkModule *m, HkBuf *out);    /* the constants */

/* emit_state.c */
#define HK_SLICE "memory" /* the memory, where a slice of it is at hand */
uint32_t hk_state_width(uint32_t uses);
const char *hk_emit_state(HkBuf *out, uint32_t uses, const char *slice, const char *first,
                          const char *next);
const char *hk_emit_params(HkBuf *out, const HkModule *m, uint32_t uses, uint32_t printed);

/* emit_trace.c */
bool hk_leaves_trace(const HkModule *m,
                     const HkNode *node); /* it is printed as at(.., trace, ..)? */
uint32_t hk_trace_width(uint32_t offset); /* of all but the operation */
/* Puts what was printed since `start`, with its question mark or without, into at(...). */
void hk_emit_traced(HkEmitter *e, size_t start, size_t offset);
/* A call in at(...) on several lines; `text` is the call with layout.c's marks. */
void hk_emit_traced_lines(HkEmitter *e, HkBuf *text, uint32_t offset);
/* The last parameter of a function, if it has that use. */
void hk_emit_trace_param(HkBuf *out, uint32_t uses, uint32_t printed, const char *before);
void hk_emit_code_map(HkModule *m, HkBuf *out);

/* emit_map.c */
void hk_note_offset(HkEmitter *e,
                    uint32_t offset); /* the next line of text is of that instruction */
void hk_note_stmt(HkEmitter *e, const HkStmt *stmt);
void hk_place_marks(HkModule *m, size_t first, size_t by); /* the text of those moved */

/* emit_module.c */
void hk_emit_bytes(HkBuf *out, const HkData *data); /* what is in a byte string */

/* emit_parts.c */
void hk_emit_functions(HkModule *m, HkBuf *out);

/* emit_func.c */
void hk_emit_function(HkEmitter *e, uint32_t index);
void hk_begin_line(HkEmitter *e);                             /* its indentation */
void hk_emit_result_type(HkBuf *out, const HkFuncType *type); /* Result<.., WasmTrap> */
void hk_emit_head(const HkModule *m, HkBuf *line_buf, const char *name, uint32_t uses);

/* layout.c: rustfmt's line breaking; each takes a text with marks, see there */
enum {
    HK_MAX_INDENT = 14, /* levels; what goes deeper is not rustfmt's */
    HK_LINE = 100,      /* rustfmt's max_width */
    HK_CALL_WIDTH = 60  /* fn_call_width: wider arguments never stay on one line */
};
void hk_layout_indent(HkBuf *out, uint32_t indent);
void hk_layout_list(HkBuf *out, const char *text,
                    uint32_t indent); /* a line: head of a function, constant */
void hk_layout_declaration(HkBuf *out, const char *text,
                           uint32_t indent); /* a line: function without a body */
void hk_layout_call(HkBuf *out, const char *text,
                    uint32_t indent); /* a line: a call and what follows it */
void hk_layout_value(HkBuf *out, const char *text,
                     uint32_t indent); /* the same behind `let v = ` */
bool hk_layout_call_fits(const char *text, size_t column);

/* stack_bound.c */
void hk_estimate_frame(const HkTree *tree, uint32_t frame[HK_BUILDS]);

/* accesses.c: notes in the function and the types what the report and the emitter ask of them */
void hk_count_accesses(HkModule *m, const HkTree *tree);

/* emit_table.c: element segments and call_indirect */
void hk_emit_tables(HkModule *m, HkBuf *out);
bool hk_elem_fits(const HkModule *m, const HkElem *elem);
const char *hk_dispatch_ident(HkModule *m, uint32_t table,
                              uint32_t type);    /* notes that it is called */
uint64_t hk_table_storage(const HkTable *table); /* entries that it may grow to */
const char *hk_table_view(const HkTable *table); /* type of the parameter that a lent table is */
/* `of` and the field, or the parameter of a lent table */
void hk_emit_table(HkBuf *out, const HkModule *m, uint32_t table, const char *of);

/* emit_traits.c */
void hk_emit_traits(HkModule *m, HkBuf *out);
void hk_emit_import(HkModule *m, HkBuf *out,
                    uint32_t index); /* a function that calls the trait's */

/* emit_api.c */
void hk_emit_api(HkModule *m, HkBuf *out);

#endif
