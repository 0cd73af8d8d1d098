/*
 * instr.h: an instruction as it is decoded, and the facts about each opcode.
 */
#ifndef HK_INSTR_H
#define HK_INSTR_H

#include "module.h"

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

#endif
