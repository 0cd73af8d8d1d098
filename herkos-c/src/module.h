/*
 * module.h: the module: what its sections say, and what the passes find out about it.
 */
#ifndef HK_MODULE_H
#define HK_MODULE_H

#include "support.h"

/* ---- types and entities ---- */

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
    uint32_t calls;     /* instructions of that kind, likewise */
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

/* ---- what the passes add ---- */

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

/* Identifiers already taken; the set is in the context's arena. */
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

/* From this offset in the input on, up to the next, code is of that line; 0: of none. */
typedef struct HkLine {
    uint32_t offset, line, file;
    uint32_t order; /* in which the rows were found */
} HkLine;

/* Where in the output a statement begins, and which instruction it is of. */
typedef struct HkMark {
    size_t at;
    uint32_t offset;
} HkMark;

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
    HK_USE_TRACE = HK_USE_LENT << HK_MAX_LENT, /* may trap, and notes where: the last parameter */
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
    /* See accesses.c: for the report; and those to data whose place is known, by their weight. */
    uint32_t accesses, accesses_in_bounds, indirect_calls, data_accesses;
    uint32_t import;       /* index in the imports */
    size_t body, body_end; /* offsets of the locals' declarations and past the final end */
    const char *ident;     /* Rust name, unique in the module */
    const char *name;      /* printable name of the name section, or NULL */
};

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
    HkReader name_section;                          /* empty if there is none */
    HkReader debug_line, debug_str, debug_line_str; /* the same */
    size_t code_start, code_size;                   /* contents of the code section */

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
    HkLine *lines; /* of the sources, ascending; malloc'd */
    size_t line_count, line_capacity;
    const char **sources; /* names of their files, without folders; malloc'd */
    uint32_t source_count;
    size_t source_capacity;
    HkNameSet source_names;
    HkMark *marks; /* where statements are in the output, for the map; malloc'd */
    size_t mark_count, mark_capacity;
    HkBuf body, line;   /* text at work */
    uint32_t type_base; /* number of the first type, in references: see hk_type_number */
    char hash[65];      /* of the input, in hexadecimal */
    HkBuf warnings;
} HkModule;

/* ---- module.c, section.c, segment.c: reading it ---- */

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
uint64_t hk_most_memory(const HkModule *m);    /* it never has more */
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

HkGlobalPlace hk_global_place(const HkGlobal *global);
HkTablePlace hk_table_place(const HkTable *table);
bool hk_is_same_table(const HkTable *a, const HkTable *b);
uint32_t hk_table_use(const HkTable *table); /* the HK_USE_ bit of what is not constant */
const HkFuncType *hk_func_type(const HkModule *m, uint32_t function);

#endif
