/*
 * hk.h: what the parts of herkos-c share, in the order in which data flows through them:
 * memory and errors, reading, the module, instructions, trees, facts about functions, names, text.
 */
#ifndef HK_H
#define HK_H

#include <herkos.h>

#include <setjmp.h>
#include <string.h>

/* ---- arena.c: memory that is given back all at once ---- */

typedef struct HkContext HkContext;

typedef struct HkChunk HkChunk;
struct HkChunk {
    HkChunk *next;
    size_t size;
    max_align_t data[];
};

typedef struct HkArena {
    HkContext *ctx;  /* raises when memory ends */
    HkChunk *chunks; /* newest first */
    HkChunk *spare;  /* given back by a reset, for the next user */
    size_t used;     /* bytes used of the newest */
} HkArena;

void *hk_arena_more(HkArena *arena, size_t size); /* when the newest chunk is full */

/* Zeroed, aligned for any object. Inline: most objects are small and of known size. */
static inline void *hk_arena_alloc(HkArena *arena, size_t size)
{
    const size_t align = sizeof(max_align_t);
    size_t padded = (size + align - 1) / align * align;
    HkChunk *chunk = arena->chunks;

    if (!chunk || padded < size || chunk->size - arena->used < padded)
        return hk_arena_more(arena, size);
    void *object = (char *)chunk->data + arena->used;
    arena->used += padded;
    return memset(object, 0, size);
}

void *hk_arena_array(HkArena *arena, size_t count, size_t size); /* the same, the product checked */
void hk_arena_reset(HkArena *arena); /* frees the objects, keeps the memory */
void hk_arena_free(HkArena *arena);
void *hk_grow(HkContext *ctx, void *items, size_t *capacity, size_t needed,
              size_t size); /* malloc'd, doubling */

#define HK_NEW(arena, type)              ((type *)hk_arena_alloc((arena), sizeof(type)))
#define HK_NEW_ARRAY(arena, count, type) ((type *)hk_arena_array((arena), (count), sizeof(type)))

/* ---- buf.c: text under construction ---- */

typedef struct HkBuf {
    HkContext *ctx;
    char *text;
    size_t length, capacity;
} HkBuf;

#if defined(__GNUC__)
#define HK_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define HK_PRINTF(text, first)
#endif

void hk_buf_reserve(HkBuf *buf, size_t length); /* room for that many more characters and a NUL */
void hk_buf_uint(HkBuf *buf, uint64_t value);
void hk_buf_int(HkBuf *buf, int64_t value);
void hk_buf_format(HkBuf *buf, const char *format, ...)
    HK_PRINTF(2, 3); /* for text that is not on the hot path */
void hk_buf_free(HkBuf *buf);

/* Inline, since nearly all of the output comes in short pieces of known length. */
static inline void hk_buf_bytes(HkBuf *buf, const char *bytes, size_t length)
{
    if (buf->capacity - buf->length <= length)
        hk_buf_reserve(buf, length);
    memcpy(buf->text + buf->length, bytes, length);
    buf->length += length;
    buf->text[buf->length] = '\0';
}

static inline void hk_buf_text(HkBuf *buf, const char *text)
{
    hk_buf_bytes(buf, text, strlen(text));
}

static inline void hk_buf_char(HkBuf *buf, char c)
{
    hk_buf_bytes(buf, &c, 1);
}

/* ---- diag.c: the one way out of an error ---- */

struct HkContext {
    jmp_buf catch; /* set by transpile.c alone */
    HerkosDiagnostic *diagnostic;
    HkArena arena;    /* lives as long as the run */
    HkArena scratch;  /* lives as long as the work on one function */
    bool in_function; /* an error now is one of this function: */
    uint32_t function;
    const char *function_name; /* of the name section, printable; or NULL */
};

_Noreturn void hk_raise(HkContext *ctx, HerkosPhase phase, size_t offset, const char *format, ...)
    HK_PRINTF(4, 5);

/* ---- reader.c: bytes to values ---- */

/* A cursor over the input. Reads never go past `end`; an error is raised at the offset it is found
 * at. */
typedef struct HkReader {
    HkContext *ctx;
    const uint8_t *bytes; /* the whole input, so that offsets are offsets in the file */
    size_t at, end;
} HkReader;

typedef struct HkString {
    const uint8_t *bytes;
    uint32_t length;
} HkString;

uint8_t hk_read_u8(HkReader *r);
uint32_t hk_read_long_u32(HkReader *r);

/* Nearly all numbers have one byte. */
static inline uint32_t hk_read_u32(HkReader *r)
{
    if (r->at < r->end && r->bytes[r->at] < 0x80)
        return r->bytes[r->at++];
    return hk_read_long_u32(r);
}

uint64_t hk_read_u64(HkReader *r);
int32_t hk_read_s32(HkReader *r);
int64_t hk_read_s33(HkReader *r);
int64_t hk_read_s64(HkReader *r);
uint32_t hk_read_f32(HkReader *r); /* the bits */
uint64_t hk_read_f64(HkReader *r);
HkString hk_read_name(HkReader *r); /* checked to be UTF-8 */
uint32_t hk_read_count(HkReader *r,
                       uint32_t least); /* of items of at least `least` bytes: fits what is left */
HkReader hk_read_part(HkReader *r, uint32_t length); /* a reader of the next bytes, which r skips */
bool hk_is_utf8(HkString text);

/* ---- types and the module (module.c, section.c, module_entities.c) ---- */

/* Value types by their byte in the binary format (5.3.1); HK_ANY stands for "unknown" in
 * unreachable code. */
typedef enum HkType {
    HK_ANY = 0,
    HK_I32 = 0x7f,
    HK_I64 = 0x7e,
    HK_F32 = 0x7d,
    HK_F64 = 0x7c,
    HK_V128 = 0x7b,
    HK_FUNCREF = 0x70,
    HK_EXTERNREF = 0x6f
} HkType;

const char *hk_type_name(uint8_t type);
const char *hk_type_rust(uint8_t type); /* the Rust type */
const char *hk_type_zero(uint8_t type); /* Rust text of its default value */

typedef struct HkFuncType {
    uint32_t param_count, result_count;
    uint8_t *params, *results;
    uint32_t canonical; /* the first type that is structurally equal */
    uint32_t uses;      /* HK_USE_ bits of a call_indirect of this type (on the canonical one) */
} HkFuncType;

typedef struct HkLimits {
    uint64_t min, max;
    bool has_max;
} HkLimits;

/* Flags of limits in the binary format; all but the first are those of proposals. */
enum {
    HK_LIMITS_MAX = 1 << 0,
    HK_LIMITS_SHARED = 1 << 1,
    HK_LIMITS_64 = 1 << 2,
    HK_LIMITS_PAGE_SIZE = 1 << 3
};

#define HK_PAGE_SIZE     UINT32_C(65536)
#define HK_ADDRESS_SPACE (UINT64_C(1) << 32)

typedef enum HkKind { HK_KIND_FUNCTION, HK_KIND_TABLE, HK_KIND_MEMORY, HK_KIND_GLOBAL } HkKind;

typedef struct HkImport {
    HkString module, field;
    HkKind kind;
    uint32_t index; /* in the index space of its kind */
    size_t offset;
    const char *path; /* Trait::method, which is the getter of a global; or of WASI's function */
    const char *capability; /* WASI's trait, which the runtime has; or NULL */
    const char *setter;     /* Trait::set_method of a mutable global */
    bool is_repeated;       /* an earlier import of the same name and type has the method already */
    struct HkImport *next;  /* of the same trait */
} HkImport;

typedef struct HkTrait { /* one for each module name that functions or globals are imported from */
    HkString module;
    const char *name;
    HkImport *first, *last; /* NULL: a trait of herkos_runtime::wasi */
} HkTrait;

typedef struct HkExport {
    HkString name;
    HkKind kind;
    uint32_t index;
    size_t offset;
} HkExport;

typedef enum HkInitKind { HK_INIT_CONST, HK_INIT_GLOBAL, HK_INIT_FUNC, HK_INIT_NULL } HkInitKind;

typedef struct HkInit { /* a constant expression (3.3.10), evaluated as far as it can be */
    size_t offset;
    uint8_t type;
    HkInitKind kind;
    uint64_t value; /* the constant's bits, or where its 16 bytes are in the input; index of the
                       global or function */
} HkInit;

/* Where a global lives in the Rust: as a constant, in the instance, or behind the host's accessors.
 */
typedef enum HkGlobalPlace { HK_GLOBAL_CONSTANT, HK_GLOBAL_STORED, HK_GLOBAL_HOST } HkGlobalPlace;

typedef struct HkFunc HkFunc;

/* Where a table lives in the Rust: nowhere, its contents being known; in the instance; or with the
 * caller, who lends it. */
typedef enum HkTablePlace { HK_TABLE_CONSTANT, HK_TABLE_STORED, HK_TABLE_LENT } HkTablePlace;

typedef struct HkTable {
    size_t offset;
    HkLimits limits;
    uint8_t type;
    bool imported, exported;
    bool is_stored; /* something may read or change it at run time; else its contents are known */
    uint32_t gaps;  /* places, at most, where nulls may lie between functions */
    bool grows;     /* a reachable table.grow names it */
    uint32_t import;
    uint32_t lent; /* of an imported one: its number among the lent ones */
    uint32_t first_export;
} HkTable;

enum { HK_MAX_LENT = 8 }; /* lent tables */

typedef struct HkGlobal {
    uint8_t type;
    bool is_mutable, imported;
    uint32_t import; /* index in the imports */
    HkInit init;
    const char
        *ident; /* Rust name: a field of Globals, a constant, or a method of the import trait */
} HkGlobal;

/* An item of an element segment: a function's index, HK_ITEM_NULL, or a global's index with
 * HK_ITEM_GLOBAL. */
#define HK_ITEM_NULL   UINT32_MAX
#define HK_ITEM_GLOBAL UINT32_C(0x80000000)

typedef enum HkElemMode { HK_ELEM_ACTIVE, HK_ELEM_PASSIVE, HK_ELEM_DECLARATIVE } HkElemMode;

typedef struct HkElem {
    HkElemMode mode;
    bool droppable; /* a reachable elem.drop names it, so it has a flag */
    bool is_used;   /* a constant of it is needed: by table.init or for instantiation */
    uint8_t type;
    uint32_t table;
    HkInit offset;
    uint32_t count;
    uint32_t *items;
} HkElem;

typedef struct HkData {
    bool passive, droppable; /* droppable: a reachable data.drop names it, so it has a flag */
    HkInit offset;
    uint32_t length;
    const uint8_t *bytes;
} HkData;

/* The calls through one table with one (canonical) type: a function of generated code. */
typedef struct HkDispatch {
    struct HkDispatch *next;
    const char *ident;
    uint32_t table, type;
} HkDispatch;

/* The lanes of shuffles: a constant of generated code. */
typedef struct HkShuffle {
    struct HkShuffle *next;
    const char *ident;
    uint64_t at; /* where the input has them */
} HkShuffle;

/* Identifiers already taken. */
typedef struct HkNameSet {
    HkContext *ctx;
    const char **slots;
    size_t count, capacity;
} HkNameSet;

typedef struct HkLoopSpan HkLoopSpan;

typedef struct HkLocalUse {
    uint32_t epoch; /* of the function that the counts are of */
    uint32_t reads, writes;
    size_t first, last; /* offsets; see build_live.c */
    HkLoopSpan *loop;
} HkLocalUse;

/* Memory that the tree builder keeps from function to function. */
typedef struct HkTreeSpace {
    HkLocalUse *uses; /* by local; malloc'd */
    size_t uses_capacity;
    uint32_t epoch;
    uint8_t *op_width; /* of the fixed part of an operation's text, by HkOp */
} HkTreeSpace;

/* How rustc may be told to compile the output. */
enum { HK_UNOPTIMIZED, HK_OPTIMIZED, HK_BUILDS };

/* Who calls whom. The nodes are the functions, then the types: such a node is the dispatch of
   call_indirect on that (canonical) type. */
typedef struct HkCallGraph {
    uint32_t count;
    size_t *starts;      /* edges of node i: starts[i] .. starts[i + 1] */
    uint32_t *edges;     /* malloc'd */
    uint32_t *order;     /* the nodes, callees first; those that call each other stand together */
    uint32_t *component; /* by node: its number among the groups of those that call each other */
    bool *recursive;
} HkCallGraph;

typedef struct HkModule {
    HkContext *ctx;
    const HerkosOptions *options;
    const uint8_t *bytes;
    size_t length;

    uint32_t type_count, import_count, func_count, table_count, memory_count, global_count,
        export_count;
    uint32_t elem_count, data_count;
    uint32_t imported_funcs, imported_globals;
    HkFuncType *types;
    HkImport *imports;
    HkFunc *funcs;
    HkTable *tables;
    HkLimits memory;
    uint32_t page_size; /* of the memory, in bytes: HK_PAGE_SIZE, or 1 */
    bool memory_imported;
    HkGlobal *globals;
    HkExport *exports;
    HkElem *elems;
    HkData *data;
    bool has_start, has_data_count, has_code;
    bool has_grow; /* a function contains memory.grow */
    size_t start_offset;
    uint32_t start, declared_data_count;
    HkReader name_section; /* empty if there is none */

    /* Decided after validation: */
    uint64_t max_pages;    /* of the memory's storage */
    uint64_t memory_bytes; /* the same in bytes, or less by --max-memory */
    uint64_t initial_bytes;
    bool memory_capped;                /* by --max-memory, to less than the initial pages */
    bool stores_tables;                /* any table is stored */
    HkTable *lent_tables[HK_MAX_LENT]; /* the imported tables; imports of one name and type are one
                                          table */
    uint32_t lent_table_count;
    bool drops_elems;       /* any element segment is droppable */
    HkDispatch *dispatches; /* reachable kinds of call_indirect, newest first */
    bool drops_data;        /* any segment is droppable */
    bool memory_grows;      /* memory.grow may succeed */
    bool has_vectors;       /* a function that is emitted has instructions on v128 */
    HkCallGraph calls;
    const char *lent_memory; /* the parameter that is lent with each call of an export, or NULL */
    const char **methods;    /* Rust names of the exports, by export index */
    uint32_t *stack_bounds[HK_BUILDS]; /* of the functions: see hk_stack_bounds */
    HkTrait *traits;
    uint32_t trait_count;
    bool uses_wasi;
    const char *host_traits; /* all of them: `Env + Store` */
    const char *host_bound;  /* what H must be: a trait, or Host for several; NULL: the module
                                imports nothing */
    HkShuffle *shuffles;     /* those of reachable instructions, newest first */
    HkNameSet function_names, dispatch_names, lanes_names;
    HkTreeSpace tree_space;
    HkBuf body, line;   /* text at work */
    uint32_t type_base; /* number of the first type, in references: see hk_type_number */
    char hash[65];      /* of the input, in hexadecimal */
    HkBuf warnings;
} HkModule;

void hk_module_read(HkModule *module);           /* module.c */
void hk_section_types(HkModule *m, HkReader *r); /* section.c */
void hk_section_imports(HkModule *m, HkReader *r);
void hk_section_functions(HkModule *m, HkReader *r);
void hk_section_tables(HkModule *m, HkReader *r);
void hk_section_memories(HkModule *m, HkReader *r);
void hk_section_globals(HkModule *m, HkReader *r);
void hk_section_exports(HkModule *m, HkReader *r);
uint8_t hk_read_limits(HkReader *r, HkLimits *limits, uint8_t allowed); /* the flags */
void hk_read_memory(HkModule *m, HkReader *r, bool imported);           /* memory.c */
bool hk_bounds_lent_memory(const HkModule *m); /* its import has a maximum that matters */
bool hk_has_fixed_memory(const HkModule *m);   /* owned, of one size for ever: an array */
uint64_t hk_least_memory(const HkModule *m);   /* in bytes: it never has less */
void hk_size_memory(HkModule *m); /* decides on the storage, once it is known who grows it */
void hk_section_start(HkModule *m, HkReader *r);
void hk_section_elements(HkModule *m, HkReader *r); /* segment.c */
void hk_section_data_count(HkModule *m, HkReader *r);
void hk_section_code(HkModule *m, HkReader *r);
void hk_section_data(HkModule *m, HkReader *r);
HkInit hk_read_init(HkModule *m, HkReader *r, uint8_t type);
uint8_t hk_read_value_type(HkReader *r);
uint8_t hk_read_ref_type(HkReader *r);
void hk_check_value_type(HkContext *ctx, size_t offset, uint8_t type);

/* ---- instr.c: the one decoder of instructions ---- */

typedef enum HkOp {
#define HK_OP(code, ID, text, type, immediate, width, effects, rust) HK_OP_##ID,
#include "opcodes.h"
    HK_OP_COUNT,
    HK_OP_VAR = HK_OP_COUNT /* a node of a tree only: the variable imm */
} HkOp;

typedef enum HkImm {
    HK_IMM_NONE,
    HK_IMM_BLOCK,
    HK_IMM_LABEL,
    HK_IMM_BR_TABLE,
    HK_IMM_FUNCTION,
    HK_IMM_CALL_INDIRECT,
    HK_IMM_SELECT,
    HK_IMM_REF_TYPE,
    HK_IMM_TABLE,
    HK_IMM_TABLE_TABLE,
    HK_IMM_ELEM,
    HK_IMM_ELEM_TABLE,
    HK_IMM_LOCAL,
    HK_IMM_GLOBAL,
    HK_IMM_MEMARG,
    HK_IMM_MEMORY,
    HK_IMM_MEMORY_MEMORY,
    HK_IMM_DATA_MEMORY,
    HK_IMM_DATA,
    HK_IMM_I32,
    HK_IMM_I64,
    HK_IMM_F32,
    HK_IMM_F64,
    HK_IMM_V128,
    HK_IMM_SHUFFLE,
    HK_IMM_LANE,
    HK_IMM_MEMARG_LANE
} HkImm;

/* What evaluating something does. The order of two things matters if one writes what the other
   reads or writes, or if both may end the function (trap, control). */
enum {
    HK_E_TRAP = 1 << 0,
    HK_E_MEMORY_R = 1 << 1,
    HK_E_MEMORY_W = 1 << 2,
    HK_E_GLOBALS_R = 1 << 3,
    HK_E_GLOBALS_W = 1 << 4,
    HK_E_TABLE_R = 1 << 5,
    HK_E_TABLE_W = 1 << 6,
    HK_E_DROPPED_R = 1 << 7,
    HK_E_DROPPED_W = 1 << 8,
    HK_E_HOST = 1 << 9,
    HK_E_FUEL = 1 << 10,
    HK_E_LOCAL = 1 << 11,   /* reads a local or a variable that may be set again */
    HK_E_CONTROL = 1 << 12, /* may leave the straight line */
    HK_E_READS = HK_E_MEMORY_R | HK_E_GLOBALS_R | HK_E_TABLE_R | HK_E_DROPPED_R,
    HK_E_WRITES =
        HK_E_MEMORY_W | HK_E_GLOBALS_W | HK_E_TABLE_W | HK_E_DROPPED_W | HK_E_HOST | HK_E_FUEL
};

/* Properties of operations, in the same word as their effects. */
enum {
    HK_IS_COMMUTATIVE = 1 << 13,
    HK_IS_BOOL = 1 << 14, /* its Rust text is a bool */
    HK_IS_NAN = 1 << 15,  /* may yield a NaN whose bits are left open */
    HK_E_ALL = (1 << 13) - 1
};

typedef struct HkOpInfo {
    uint32_t code;
    uint16_t flags; /* effects and properties */
    uint8_t immediate, width;
    const char *text, *type, *rust;
} HkOpInfo;

extern const HkOpInfo hk_ops[HK_OP_COUNT];

/* Block types (5.4.1): none, one value type, or a type index. */
typedef struct HkBlockType {
    uint32_t param_count, result_count;
    const uint8_t *params, *results;
    uint8_t single; /* storage of a lone result */
} HkBlockType;

typedef struct HkInstr {
    uint16_t op;
    size_t offset;
    uint32_t index; /* label, local, global, function, type, table, segment or lane */
    uint32_t table; /* the second index: of a table */
    uint32_t align;
    uint64_t value; /* constant bits; offset of a memory access; where the input has the 16 bytes of
                       a vector or shuffle */
    int64_t block;  /* block type as read */
    uint32_t target_count; /* br_table: targets besides the default */
    HkReader targets;      /* br_table: reads them, the default last */
    uint8_t type;          /* of a typed select or ref.null */
} HkInstr;

void hk_read_instr(HkReader *r, HkInstr *instr);
/* False if the block type names a type that the module does not have. */
bool hk_block_type(const HkModule *m, int64_t code, HkBlockType *type);
const uint8_t *hk_block_results(const HkBlockType *type);
uint8_t hk_type_of_letter(char letter); /* of the types in opcodes.h */

/* ---- functions ---- */

/* The state that a function uses, by itself or through what it calls: it is passed this and nothing
 * else. */
enum {
    HK_USE_MEMORY = 1 << 0,     /* reads: memory: &[u8] */
    HK_USE_MEMORY_MUT = 1 << 1, /* writes: memory: &mut [u8] */
    HK_USE_GROW = 1 << 2,       /* grows: mem: &mut GrowableMemory */
    HK_USE_GLOBALS = 1 << 3,
    HK_USE_TABLES = 1 << 4,
    HK_USE_DROPPED = 1 << 5,
    HK_USE_HOST = 1 << 6,
    HK_USE_FUEL = 1 << 7,
    HK_USE_STACK = 1 << 8,
    HK_USE_LENT =
        1 << 9, /* table_0: &mut TableView, the first lent table; the next bits: the next */
    HK_USE_ALL_MEMORY = HK_USE_MEMORY | HK_USE_MEMORY_MUT | HK_USE_GROW,
    HK_USE_ALL_LENT = HK_USE_LENT * ((1 << HK_MAX_LENT) - 1)
};

struct HkFunc {
    uint32_t type;
    bool imported, recursive;
    bool in_table; /* a reference to it may exist: an element segment or ref.func names it */
    bool declared; /* ref.func may name it (3.4.1.2) */
    uint32_t uses; /* HK_USE_ bits, closed over the call graph */
    uint32_t frame[HK_BUILDS]; /* bytes of stack, estimated when it is emitted */
    uint32_t import;           /* index in the imports */
    size_t body, body_end;     /* offsets of the locals' declarations and past the final end */
    const char *ident;         /* Rust name, unique in the module */
    const char *name;          /* printable name of the name section, or NULL */
};

HkGlobalPlace hk_global_place(const HkGlobal *global);
HkTablePlace hk_table_place(const HkTable *table);
bool hk_is_same_table(const HkTable *a, const HkTable *b);
uint32_t hk_table_use(const HkTable *table); /* the HK_USE_ bit of what is not constant */
const HkFuncType *hk_func_type(const HkModule *m, uint32_t function);

/* locals.c: the types of a function's locals; declarations are kept in runs since counts may be
 * huge */
typedef struct HkLocals {
    uint32_t count, run_count;
    uint32_t *ends; /* the index after each run, ascending */
    uint8_t *types;
} HkLocals;

void hk_read_locals(const HkModule *m, const HkFuncType *type, HkReader *body, HkLocals *locals);
uint8_t hk_local_type(const HkLocals *locals, uint32_t index);

/* validate.c: chapter 3 for function bodies; validate_module.c: for everything else */
void hk_validate_module(HkModule *m);
void hk_validate_functions(HkModule *m);

/* ---- names.c: Rust identifiers ---- */

const char *hk_names_find(const HkNameSet *set, const char *ident); /* NULL if it is not taken */
bool hk_names_take(HkNameSet *set, const char *ident);              /* false if it was taken */
size_t hk_names_trimmed(const char *ident);
const char *hk_names_unique(HkNameSet *set, HkArena *arena, const char *wanted, uint64_t number);
const char *hk_names_unique_camel(HkNameSet *set, HkArena *arena, const char *wanted);
const char *hk_names_snake(HkArena *arena,
                           HkString name); /* snake_case identifier, raw if a keyword */
const char *hk_names_camel(HkArena *arena, HkString name); /* CamelCase identifier */
const char *hk_names_printable(HkArena *arena, HkString name);
void hk_names_reserve(HkNameSet *set); /* what generated functions must not be called */
void hk_names_assign(HkModule *m);     /* idents of functions and globals */
void hk_names_free(HkNameSet *set);
void hk_read_name_section(HkModule *m, HkString *functions, HkString *globals); /* name_section.c */

/* ---- imports.c: import modules to traits ---- */

void hk_imports_assign(HkModule *m);
int hk_compare_strings(const HkString *a, const HkString *b); /* by bytes */
bool hk_wasi_has(HkModule *m, const HkImport *import);        /* wasi.c */
void hk_wasi_assign(HkModule *m, HkImport *import);

/* ---- analyse_calls.c: what each function uses, which are recursive ---- */

void hk_analyse_calls(HkModule *m);

/* ---- stack_bound.c: how much stack calls take ---- */

void hk_stack_bounds(HkModule *m);        /* in bytes, once all functions are emitted */
uint32_t hk_max_stack(const HkModule *m); /* the budget of recursion */

/* ---- tree.h: structured typed trees, and their emission ---- */

/* emit_module.c */
void hk_emit_module(HkModule *m, HkBuf *out);
/* report.c */
void hk_report(const HkModule *m, HkBuf *out);
/* sha256.c */
void hk_sha256(const uint8_t *bytes, size_t length, char hex[65]);

#endif
