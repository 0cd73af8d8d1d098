/*
 * opcodes.h: the one table of instruction facts (WebAssembly specification, section 5.4, appendix A.7).
 *
 * The file is an X macro: define HK_OP (and, if wanted, HK_REFUSED), include it, and undefine is done here.
 *
 *   HK_OP(code, ID, text, type, immediate, width, effects, rust)
 *     code       the opcode; prefixed ones as 0xfcNN, or 0xfdNNN beyond 0xff
 *     ID         suffix of the enumerator HK_OP_ID
 *     text       name in the text format
 *     type       operands ':' results; i = i32, I = i64, f = f32, F = f64, v = v128; "*" = typed by the validator's own
 *                rule
 *     immediate  suffix of HK_IMM_...: what follows the opcode
 *     width      log2 of the bytes accessed (memory instructions) or of those of a lane (LANE), else 0
 *     effects    what evaluating it does beyond its result, as bits that instr.c names:
 *                T may trap; R/W reads/writes memory; G/H reads/writes tables; D/X reads/writes the flags of dropped
 *                segments;
 *                C commutative; B the Rust text is a bool; N the result may be a NaN whose bits are not determined
 *     rust       Rust text; "" = printed by the emitter's own rule
 *
 *   The mini-language of `rust`: $N operand N where any expression may stand (an argument); ^N operand N as the
 *   receiver of a method; ~N operand N beside an operator; @ the offset of a memory access or the index of the
 *   immediate; # the lane. Everything else stands for itself. `memory` is the slice that every function that touches
 *   the memory has under that name.
 *
 *   HK_REFUSED(first, last, PROPOSAL): opcodes that are decoded only to be refused; the suffix of an enumerator of HkProposal.
 */
#ifndef HK_OP
#define HK_OP(code, ID, text, type, immediate, width, effects, rust)
#endif
#ifndef HK_REFUSED
#define HK_REFUSED(first, last, PROPOSAL)
#endif

/* Control instructions (5.4.1) */
HK_OP(0x00, UNREACHABLE,   "unreachable",   "*", NONE, 0, T, "")
HK_OP(0x01, NOP,           "nop",           ":", NONE, 0, 0, "")
HK_OP(0x02, BLOCK,         "block",         "*", BLOCK, 0, 0, "")
HK_OP(0x03, LOOP,          "loop",          "*", BLOCK, 0, 0, "")
HK_OP(0x04, IF,            "if",            "*", BLOCK, 0, 0, "")
HK_OP(0x05, ELSE,          "else",          "*", NONE, 0, 0, "")
HK_OP(0x0b, END,           "end",           "*", NONE, 0, 0, "")
HK_OP(0x0c, BR,            "br",            "*", LABEL, 0, 0, "")
HK_OP(0x0d, BR_IF,         "br_if",         "*", LABEL, 0, 0, "")
HK_OP(0x0e, BR_TABLE,      "br_table",      "*", BR_TABLE, 0, 0, "")
HK_OP(0x0f, RETURN,        "return",        "*", NONE, 0, 0, "")
HK_OP(0x10, CALL,          "call",          "*", FUNCTION, 0, 0, "")
HK_OP(0x11, CALL_INDIRECT, "call_indirect", "*", CALL_INDIRECT, 0, 0, "")

/* Parametric and variable instructions (5.4.3, 5.4.4) */
HK_OP(0x1a, DROP,       "drop",       "*", NONE, 0, 0, "")
HK_OP(0x1b, SELECT,     "select",     "*", NONE, 0, 0, "")
HK_OP(0x1c, SELECT_T,   "select",     "*", SELECT, 0, 0, "")
HK_OP(0x20, LOCAL_GET,  "local.get",  "*", LOCAL, 0, 0, "")
HK_OP(0x21, LOCAL_SET,  "local.set",  "*", LOCAL, 0, 0, "")
HK_OP(0x22, LOCAL_TEE,  "local.tee",  "*", LOCAL, 0, 0, "")
HK_OP(0x23, GLOBAL_GET, "global.get", "*", GLOBAL, 0, 0, "")
HK_OP(0x24, GLOBAL_SET, "global.set", "*", GLOBAL, 0, 0, "")

/* Reference and table instructions (5.4.2, 5.4.5) */
HK_OP(0x25,   TABLE_GET,   "table.get",   "*", TABLE, 0, T | G, "")
HK_OP(0x26,   TABLE_SET,   "table.set",   "*", TABLE, 0, T | H, "")
HK_OP(0xd0,   REF_NULL,    "ref.null",    "*", REF_TYPE, 0, 0, "")
HK_OP(0xd1,   REF_IS_NULL, "ref.is_null", "*", NONE, 0, B, "ref_is_null($0)")
HK_OP(0xd2,   REF_FUNC,    "ref.func",    "*", FUNCTION, 0, 0, "")
HK_OP(0xfc0c, TABLE_INIT,  "table.init",  "*", ELEM_TABLE, 0, T | H | D, "")
HK_OP(0xfc0d, ELEM_DROP,   "elem.drop",   "*", ELEM, 0, X, "")
HK_OP(0xfc0e, TABLE_COPY,  "table.copy",  "*", TABLE_TABLE, 0, T | H, "")
HK_OP(0xfc0f, TABLE_GROW,  "table.grow",  "*", TABLE, 0, H, "")
HK_OP(0xfc10, TABLE_SIZE,  "table.size",  "*", TABLE, 0, G, "")
HK_OP(0xfc11, TABLE_FILL,  "table.fill",  "*", TABLE, 0, T | H, "")

/* Memory instructions (5.4.6) */
HK_OP(0x28, I32_LOAD,     "i32.load",     "i:i", MEMARG, 2, T | R, "i32_load(memory, $0, @)")
HK_OP(0x29, I64_LOAD,     "i64.load",     "i:I", MEMARG, 3, T | R, "i64_load(memory, $0, @)")
HK_OP(0x2a, F32_LOAD,     "f32.load",     "i:f", MEMARG, 2, T | R, "f32_load(memory, $0, @)")
HK_OP(0x2b, F64_LOAD,     "f64.load",     "i:F", MEMARG, 3, T | R, "f64_load(memory, $0, @)")
HK_OP(0x2c, I32_LOAD8_S,  "i32.load8_s",  "i:i", MEMARG, 0, T | R, "i32_load8_s(memory, $0, @)")
HK_OP(0x2d, I32_LOAD8_U,  "i32.load8_u",  "i:i", MEMARG, 0, T | R, "i32_load8_u(memory, $0, @)")
HK_OP(0x2e, I32_LOAD16_S, "i32.load16_s", "i:i", MEMARG, 1, T | R, "i32_load16_s(memory, $0, @)")
HK_OP(0x2f, I32_LOAD16_U, "i32.load16_u", "i:i", MEMARG, 1, T | R, "i32_load16_u(memory, $0, @)")
HK_OP(0x30, I64_LOAD8_S,  "i64.load8_s",  "i:I", MEMARG, 0, T | R, "i64_load8_s(memory, $0, @)")
HK_OP(0x31, I64_LOAD8_U,  "i64.load8_u",  "i:I", MEMARG, 0, T | R, "i64_load8_u(memory, $0, @)")
HK_OP(0x32, I64_LOAD16_S, "i64.load16_s", "i:I", MEMARG, 1, T | R, "i64_load16_s(memory, $0, @)")
HK_OP(0x33, I64_LOAD16_U, "i64.load16_u", "i:I", MEMARG, 1, T | R, "i64_load16_u(memory, $0, @)")
HK_OP(0x34, I64_LOAD32_S, "i64.load32_s", "i:I", MEMARG, 2, T | R, "i64_load32_s(memory, $0, @)")
HK_OP(0x35, I64_LOAD32_U, "i64.load32_u", "i:I", MEMARG, 2, T | R, "i64_load32_u(memory, $0, @)")
HK_OP(0x36, I32_STORE,    "i32.store",    "ii:", MEMARG, 2, T | W, "i32_store(memory, $0, @, $1)")
HK_OP(0x37, I64_STORE,    "i64.store",    "iI:", MEMARG, 3, T | W, "i64_store(memory, $0, @, $1)")
HK_OP(0x38, F32_STORE,    "f32.store",    "if:", MEMARG, 2, T | W, "f32_store(memory, $0, @, $1)")
HK_OP(0x39, F64_STORE,    "f64.store",    "iF:", MEMARG, 3, T | W, "f64_store(memory, $0, @, $1)")
HK_OP(0x3a, I32_STORE8,   "i32.store8",   "ii:", MEMARG, 0, T | W, "i32_store8(memory, $0, @, $1)")
HK_OP(0x3b, I32_STORE16,  "i32.store16",  "ii:", MEMARG, 1, T | W, "i32_store16(memory, $0, @, $1)")
HK_OP(0x3c, I64_STORE8,   "i64.store8",   "iI:", MEMARG, 0, T | W, "i64_store8(memory, $0, @, $1)")
HK_OP(0x3d, I64_STORE16,  "i64.store16",  "iI:", MEMARG, 1, T | W, "i64_store16(memory, $0, @, $1)")
HK_OP(0x3e, I64_STORE32,  "i64.store32",  "iI:", MEMARG, 2, T | W, "i64_store32(memory, $0, @, $1)")
HK_OP(0x3f, MEMORY_SIZE,  "memory.size",  ":i",  MEMORY, 0, R, "")
HK_OP(0x40, MEMORY_GROW,  "memory.grow",  "i:i", MEMORY, 0, W, "")
HK_OP(0xfc08, MEMORY_INIT, "memory.init", "iii:", DATA_MEMORY, 0, T | W | D, "")
HK_OP(0xfc09, DATA_DROP,   "data.drop",   ":",    DATA, 0, X, "")
HK_OP(0xfc0a, MEMORY_COPY, "memory.copy", "iii:", MEMORY_MEMORY, 0, T | W, "")
HK_OP(0xfc0b, MEMORY_FILL, "memory.fill", "iii:", MEMORY, 0, T | W, "")

/* Numeric instructions (5.4.7): constants */
HK_OP(0x41, I32_CONST, "i32.const", ":i", I32, 0, 0, "")
HK_OP(0x42, I64_CONST, "i64.const", ":I", I64, 0, 0, "")
HK_OP(0x43, F32_CONST, "f32.const", ":f", F32, 0, 0, "")
HK_OP(0x44, F64_CONST, "f64.const", ":F", F64, 0, 0, "")
HK_OP(0xfd0c, V128_CONST, "v128.const", ":v", V128, 0, 0, "")

/* Comparisons */
HK_OP(0x45, I32_EQZ,  "i32.eqz",  "i:i",  NONE, 0, B, "~0 == 0")
HK_OP(0x46, I32_EQ,   "i32.eq",   "ii:i", NONE, 0, C | B, "~0 == ~1")
HK_OP(0x47, I32_NE,   "i32.ne",   "ii:i", NONE, 0, C | B, "~0 != ~1")
HK_OP(0x48, I32_LT_S, "i32.lt_s", "ii:i", NONE, 0, B, "~0 < ~1")
HK_OP(0x49, I32_LT_U, "i32.lt_u", "ii:i", NONE, 0, B, "i32_lt_u($0, $1)")
HK_OP(0x4a, I32_GT_S, "i32.gt_s", "ii:i", NONE, 0, B, "~0 > ~1")
HK_OP(0x4b, I32_GT_U, "i32.gt_u", "ii:i", NONE, 0, B, "i32_gt_u($0, $1)")
HK_OP(0x4c, I32_LE_S, "i32.le_s", "ii:i", NONE, 0, B, "~0 <= ~1")
HK_OP(0x4d, I32_LE_U, "i32.le_u", "ii:i", NONE, 0, B, "i32_le_u($0, $1)")
HK_OP(0x4e, I32_GE_S, "i32.ge_s", "ii:i", NONE, 0, B, "~0 >= ~1")
HK_OP(0x4f, I32_GE_U, "i32.ge_u", "ii:i", NONE, 0, B, "i32_ge_u($0, $1)")
HK_OP(0x50, I64_EQZ,  "i64.eqz",  "I:i",  NONE, 0, B, "~0 == 0")
HK_OP(0x51, I64_EQ,   "i64.eq",   "II:i", NONE, 0, C | B, "~0 == ~1")
HK_OP(0x52, I64_NE,   "i64.ne",   "II:i", NONE, 0, C | B, "~0 != ~1")
HK_OP(0x53, I64_LT_S, "i64.lt_s", "II:i", NONE, 0, B, "~0 < ~1")
HK_OP(0x54, I64_LT_U, "i64.lt_u", "II:i", NONE, 0, B, "i64_lt_u($0, $1)")
HK_OP(0x55, I64_GT_S, "i64.gt_s", "II:i", NONE, 0, B, "~0 > ~1")
HK_OP(0x56, I64_GT_U, "i64.gt_u", "II:i", NONE, 0, B, "i64_gt_u($0, $1)")
HK_OP(0x57, I64_LE_S, "i64.le_s", "II:i", NONE, 0, B, "~0 <= ~1")
HK_OP(0x58, I64_LE_U, "i64.le_u", "II:i", NONE, 0, B, "i64_le_u($0, $1)")
HK_OP(0x59, I64_GE_S, "i64.ge_s", "II:i", NONE, 0, B, "~0 >= ~1")
HK_OP(0x5a, I64_GE_U, "i64.ge_u", "II:i", NONE, 0, B, "i64_ge_u($0, $1)")
HK_OP(0x5b, F32_EQ,   "f32.eq",   "ff:i", NONE, 0, B, "~0 == ~1")
HK_OP(0x5c, F32_NE,   "f32.ne",   "ff:i", NONE, 0, B, "~0 != ~1")
HK_OP(0x5d, F32_LT,   "f32.lt",   "ff:i", NONE, 0, B, "~0 < ~1")
HK_OP(0x5e, F32_GT,   "f32.gt",   "ff:i", NONE, 0, B, "~0 > ~1")
HK_OP(0x5f, F32_LE,   "f32.le",   "ff:i", NONE, 0, B, "~0 <= ~1")
HK_OP(0x60, F32_GE,   "f32.ge",   "ff:i", NONE, 0, B, "~0 >= ~1")
HK_OP(0x61, F64_EQ,   "f64.eq",   "FF:i", NONE, 0, B, "~0 == ~1")
HK_OP(0x62, F64_NE,   "f64.ne",   "FF:i", NONE, 0, B, "~0 != ~1")
HK_OP(0x63, F64_LT,   "f64.lt",   "FF:i", NONE, 0, B, "~0 < ~1")
HK_OP(0x64, F64_GT,   "f64.gt",   "FF:i", NONE, 0, B, "~0 > ~1")
HK_OP(0x65, F64_LE,   "f64.le",   "FF:i", NONE, 0, B, "~0 <= ~1")
HK_OP(0x66, F64_GE,   "f64.ge",   "FF:i", NONE, 0, B, "~0 >= ~1")

/* Integer arithmetic */
HK_OP(0x67, I32_CLZ,    "i32.clz",    "i:i",  NONE, 0, 0, "i32_clz($0)")
HK_OP(0x68, I32_CTZ,    "i32.ctz",    "i:i",  NONE, 0, 0, "i32_ctz($0)")
HK_OP(0x69, I32_POPCNT, "i32.popcnt", "i:i",  NONE, 0, 0, "i32_popcnt($0)")
HK_OP(0x6a, I32_ADD,    "i32.add",    "ii:i", NONE, 0, C, "^0.wrapping_add($1)")
HK_OP(0x6b, I32_SUB,    "i32.sub",    "ii:i", NONE, 0, 0, "^0.wrapping_sub($1)")
HK_OP(0x6c, I32_MUL,    "i32.mul",    "ii:i", NONE, 0, C, "^0.wrapping_mul($1)")
HK_OP(0x6d, I32_DIV_S,  "i32.div_s",  "ii:i", NONE, 0, T, "i32_div_s($0, $1)?")
HK_OP(0x6e, I32_DIV_U,  "i32.div_u",  "ii:i", NONE, 0, T, "i32_div_u($0, $1)?")
HK_OP(0x6f, I32_REM_S,  "i32.rem_s",  "ii:i", NONE, 0, T, "i32_rem_s($0, $1)?")
HK_OP(0x70, I32_REM_U,  "i32.rem_u",  "ii:i", NONE, 0, T, "i32_rem_u($0, $1)?")
HK_OP(0x71, I32_AND,    "i32.and",    "ii:i", NONE, 0, C, "~0 & ~1")
HK_OP(0x72, I32_OR,     "i32.or",     "ii:i", NONE, 0, C, "~0 | ~1")
HK_OP(0x73, I32_XOR,    "i32.xor",    "ii:i", NONE, 0, C, "~0 ^ ~1")
HK_OP(0x74, I32_SHL,    "i32.shl",    "ii:i", NONE, 0, 0, "i32_shl($0, $1)")
HK_OP(0x75, I32_SHR_S,  "i32.shr_s",  "ii:i", NONE, 0, 0, "i32_shr_s($0, $1)")
HK_OP(0x76, I32_SHR_U,  "i32.shr_u",  "ii:i", NONE, 0, 0, "i32_shr_u($0, $1)")
HK_OP(0x77, I32_ROTL,   "i32.rotl",   "ii:i", NONE, 0, 0, "i32_rotl($0, $1)")
HK_OP(0x78, I32_ROTR,   "i32.rotr",   "ii:i", NONE, 0, 0, "i32_rotr($0, $1)")
HK_OP(0x79, I64_CLZ,    "i64.clz",    "I:I",  NONE, 0, 0, "i64_clz($0)")
HK_OP(0x7a, I64_CTZ,    "i64.ctz",    "I:I",  NONE, 0, 0, "i64_ctz($0)")
HK_OP(0x7b, I64_POPCNT, "i64.popcnt", "I:I",  NONE, 0, 0, "i64_popcnt($0)")
HK_OP(0x7c, I64_ADD,    "i64.add",    "II:I", NONE, 0, C, "^0.wrapping_add($1)")
HK_OP(0x7d, I64_SUB,    "i64.sub",    "II:I", NONE, 0, 0, "^0.wrapping_sub($1)")
HK_OP(0x7e, I64_MUL,    "i64.mul",    "II:I", NONE, 0, C, "^0.wrapping_mul($1)")
HK_OP(0x7f, I64_DIV_S,  "i64.div_s",  "II:I", NONE, 0, T, "i64_div_s($0, $1)?")
HK_OP(0x80, I64_DIV_U,  "i64.div_u",  "II:I", NONE, 0, T, "i64_div_u($0, $1)?")
HK_OP(0x81, I64_REM_S,  "i64.rem_s",  "II:I", NONE, 0, T, "i64_rem_s($0, $1)?")
HK_OP(0x82, I64_REM_U,  "i64.rem_u",  "II:I", NONE, 0, T, "i64_rem_u($0, $1)?")
HK_OP(0x83, I64_AND,    "i64.and",    "II:I", NONE, 0, C, "~0 & ~1")
HK_OP(0x84, I64_OR,     "i64.or",     "II:I", NONE, 0, C, "~0 | ~1")
HK_OP(0x85, I64_XOR,    "i64.xor",    "II:I", NONE, 0, C, "~0 ^ ~1")
HK_OP(0x86, I64_SHL,    "i64.shl",    "II:I", NONE, 0, 0, "i64_shl($0, $1)")
HK_OP(0x87, I64_SHR_S,  "i64.shr_s",  "II:I", NONE, 0, 0, "i64_shr_s($0, $1)")
HK_OP(0x88, I64_SHR_U,  "i64.shr_u",  "II:I", NONE, 0, 0, "i64_shr_u($0, $1)")
HK_OP(0x89, I64_ROTL,   "i64.rotl",   "II:I", NONE, 0, 0, "i64_rotl($0, $1)")
HK_OP(0x8a, I64_ROTR,   "i64.rotr",   "II:I", NONE, 0, 0, "i64_rotr($0, $1)")

/* Floating-point arithmetic */
HK_OP(0x8b, F32_ABS,      "f32.abs",      "f:f",  NONE, 0, 0, "f32_abs($0)")
HK_OP(0x8c, F32_NEG,      "f32.neg",      "f:f",  NONE, 0, 0, "f32_neg($0)")
HK_OP(0x8d, F32_CEIL,     "f32.ceil",     "f:f",  NONE, 0, N, "f32_ceil($0)")
HK_OP(0x8e, F32_FLOOR,    "f32.floor",    "f:f",  NONE, 0, N, "f32_floor($0)")
HK_OP(0x8f, F32_TRUNC,    "f32.trunc",    "f:f",  NONE, 0, N, "f32_trunc($0)")
HK_OP(0x90, F32_NEAREST,  "f32.nearest",  "f:f",  NONE, 0, N, "f32_nearest($0)")
HK_OP(0x91, F32_SQRT,     "f32.sqrt",     "f:f",  NONE, 0, N, "f32_sqrt($0)")
HK_OP(0x92, F32_ADD,      "f32.add",      "ff:f", NONE, 0, N, "~0 + ~1")
HK_OP(0x93, F32_SUB,      "f32.sub",      "ff:f", NONE, 0, N, "~0 - ~1")
HK_OP(0x94, F32_MUL,      "f32.mul",      "ff:f", NONE, 0, N, "~0 * ~1")
HK_OP(0x95, F32_DIV,      "f32.div",      "ff:f", NONE, 0, N, "~0 / ~1")
HK_OP(0x96, F32_MIN,      "f32.min",      "ff:f", NONE, 0, N, "f32_min($0, $1)")
HK_OP(0x97, F32_MAX,      "f32.max",      "ff:f", NONE, 0, N, "f32_max($0, $1)")
HK_OP(0x98, F32_COPYSIGN, "f32.copysign", "ff:f", NONE, 0, 0, "f32_copysign($0, $1)")
HK_OP(0x99, F64_ABS,      "f64.abs",      "F:F",  NONE, 0, 0, "f64_abs($0)")
HK_OP(0x9a, F64_NEG,      "f64.neg",      "F:F",  NONE, 0, 0, "f64_neg($0)")
HK_OP(0x9b, F64_CEIL,     "f64.ceil",     "F:F",  NONE, 0, N, "f64_ceil($0)")
HK_OP(0x9c, F64_FLOOR,    "f64.floor",    "F:F",  NONE, 0, N, "f64_floor($0)")
HK_OP(0x9d, F64_TRUNC,    "f64.trunc",    "F:F",  NONE, 0, N, "f64_trunc($0)")
HK_OP(0x9e, F64_NEAREST,  "f64.nearest",  "F:F",  NONE, 0, N, "f64_nearest($0)")
HK_OP(0x9f, F64_SQRT,     "f64.sqrt",     "F:F",  NONE, 0, N, "f64_sqrt($0)")
HK_OP(0xa0, F64_ADD,      "f64.add",      "FF:F", NONE, 0, N, "~0 + ~1")
HK_OP(0xa1, F64_SUB,      "f64.sub",      "FF:F", NONE, 0, N, "~0 - ~1")
HK_OP(0xa2, F64_MUL,      "f64.mul",      "FF:F", NONE, 0, N, "~0 * ~1")
HK_OP(0xa3, F64_DIV,      "f64.div",      "FF:F", NONE, 0, N, "~0 / ~1")
HK_OP(0xa4, F64_MIN,      "f64.min",      "FF:F", NONE, 0, N, "f64_min($0, $1)")
HK_OP(0xa5, F64_MAX,      "f64.max",      "FF:F", NONE, 0, N, "f64_max($0, $1)")
HK_OP(0xa6, F64_COPYSIGN, "f64.copysign", "FF:F", NONE, 0, 0, "f64_copysign($0, $1)")

/* Conversions */
HK_OP(0xa7, I32_WRAP_I64,        "i32.wrap_i64",        "I:i", NONE, 0, 0, "i32_wrap_i64($0)")
HK_OP(0xa8, I32_TRUNC_F32_S,     "i32.trunc_f32_s",     "f:i", NONE, 0, T, "i32_trunc_f32_s($0)?")
HK_OP(0xa9, I32_TRUNC_F32_U,     "i32.trunc_f32_u",     "f:i", NONE, 0, T, "i32_trunc_f32_u($0)?")
HK_OP(0xaa, I32_TRUNC_F64_S,     "i32.trunc_f64_s",     "F:i", NONE, 0, T, "i32_trunc_f64_s($0)?")
HK_OP(0xab, I32_TRUNC_F64_U,     "i32.trunc_f64_u",     "F:i", NONE, 0, T, "i32_trunc_f64_u($0)?")
HK_OP(0xac, I64_EXTEND_I32_S,    "i64.extend_i32_s",    "i:I", NONE, 0, 0, "i64::from($0)")
HK_OP(0xad, I64_EXTEND_I32_U,    "i64.extend_i32_u",    "i:I", NONE, 0, 0, "i64_extend_i32_u($0)")
HK_OP(0xae, I64_TRUNC_F32_S,     "i64.trunc_f32_s",     "f:I", NONE, 0, T, "i64_trunc_f32_s($0)?")
HK_OP(0xaf, I64_TRUNC_F32_U,     "i64.trunc_f32_u",     "f:I", NONE, 0, T, "i64_trunc_f32_u($0)?")
HK_OP(0xb0, I64_TRUNC_F64_S,     "i64.trunc_f64_s",     "F:I", NONE, 0, T, "i64_trunc_f64_s($0)?")
HK_OP(0xb1, I64_TRUNC_F64_U,     "i64.trunc_f64_u",     "F:I", NONE, 0, T, "i64_trunc_f64_u($0)?")
HK_OP(0xb2, F32_CONVERT_I32_S,   "f32.convert_i32_s",   "i:f", NONE, 0, 0, "f32_convert_i32_s($0)")
HK_OP(0xb3, F32_CONVERT_I32_U,   "f32.convert_i32_u",   "i:f", NONE, 0, 0, "f32_convert_i32_u($0)")
HK_OP(0xb4, F32_CONVERT_I64_S,   "f32.convert_i64_s",   "I:f", NONE, 0, 0, "f32_convert_i64_s($0)")
HK_OP(0xb5, F32_CONVERT_I64_U,   "f32.convert_i64_u",   "I:f", NONE, 0, 0, "f32_convert_i64_u($0)")
HK_OP(0xb6, F32_DEMOTE_F64,      "f32.demote_f64",      "F:f", NONE, 0, N, "f32_demote_f64($0)")
HK_OP(0xb7, F64_CONVERT_I32_S,   "f64.convert_i32_s",   "i:F", NONE, 0, 0, "f64_convert_i32_s($0)")
HK_OP(0xb8, F64_CONVERT_I32_U,   "f64.convert_i32_u",   "i:F", NONE, 0, 0, "f64_convert_i32_u($0)")
HK_OP(0xb9, F64_CONVERT_I64_S,   "f64.convert_i64_s",   "I:F", NONE, 0, 0, "f64_convert_i64_s($0)")
HK_OP(0xba, F64_CONVERT_I64_U,   "f64.convert_i64_u",   "I:F", NONE, 0, 0, "f64_convert_i64_u($0)")
HK_OP(0xbb, F64_PROMOTE_F32,     "f64.promote_f32",     "f:F", NONE, 0, N, "f64_promote_f32($0)")
HK_OP(0xbc, I32_REINTERPRET_F32, "i32.reinterpret_f32", "f:i", NONE, 0, 0, "i32_reinterpret_f32($0)")
HK_OP(0xbd, I64_REINTERPRET_F64, "i64.reinterpret_f64", "F:I", NONE, 0, 0, "i64_reinterpret_f64($0)")
HK_OP(0xbe, F32_REINTERPRET_I32, "f32.reinterpret_i32", "i:f", NONE, 0, 0, "f32_reinterpret_i32($0)")
HK_OP(0xbf, F64_REINTERPRET_I64, "f64.reinterpret_i64", "I:F", NONE, 0, 0, "f64_reinterpret_i64($0)")
HK_OP(0xc0, I32_EXTEND8_S,       "i32.extend8_s",       "i:i", NONE, 0, 0, "i32_extend8_s($0)")
HK_OP(0xc1, I32_EXTEND16_S,      "i32.extend16_s",      "i:i", NONE, 0, 0, "i32_extend16_s($0)")
HK_OP(0xc2, I64_EXTEND8_S,       "i64.extend8_s",       "I:I", NONE, 0, 0, "i64_extend8_s($0)")
HK_OP(0xc3, I64_EXTEND16_S,      "i64.extend16_s",      "I:I", NONE, 0, 0, "i64_extend16_s($0)")
HK_OP(0xc4, I64_EXTEND32_S,      "i64.extend32_s",      "I:I", NONE, 0, 0, "i64_extend32_s($0)")
HK_OP(0xfc00, I32_TRUNC_SAT_F32_S, "i32.trunc_sat_f32_s", "f:i", NONE, 0, 0, "i32_trunc_sat_f32_s($0)")
HK_OP(0xfc01, I32_TRUNC_SAT_F32_U, "i32.trunc_sat_f32_u", "f:i", NONE, 0, 0, "i32_trunc_sat_f32_u($0)")
HK_OP(0xfc02, I32_TRUNC_SAT_F64_S, "i32.trunc_sat_f64_s", "F:i", NONE, 0, 0, "i32_trunc_sat_f64_s($0)")
HK_OP(0xfc03, I32_TRUNC_SAT_F64_U, "i32.trunc_sat_f64_u", "F:i", NONE, 0, 0, "i32_trunc_sat_f64_u($0)")
HK_OP(0xfc04, I64_TRUNC_SAT_F32_S, "i64.trunc_sat_f32_s", "f:I", NONE, 0, 0, "i64_trunc_sat_f32_s($0)")
HK_OP(0xfc05, I64_TRUNC_SAT_F32_U, "i64.trunc_sat_f32_u", "f:I", NONE, 0, 0, "i64_trunc_sat_f32_u($0)")
HK_OP(0xfc06, I64_TRUNC_SAT_F64_S, "i64.trunc_sat_f64_s", "F:I", NONE, 0, 0, "i64_trunc_sat_f64_s($0)")
HK_OP(0xfc07, I64_TRUNC_SAT_F64_U, "i64.trunc_sat_f64_u", "F:I", NONE, 0, 0, "i64_trunc_sat_f64_u($0)")

#include "opcodes_simd.h"

/* Proposals that are recognised only to be refused by name */
HK_REFUSED(0x06, 0x0a, EXCEPTIONS)
HK_REFUSED(0x12, 0x13, TAIL_CALLS)
HK_REFUSED(0x14, 0x15, FUNCTION_REFERENCES)
HK_REFUSED(0x18, 0x19, EXCEPTIONS)
HK_REFUSED(0x1f, 0x1f, EXCEPTIONS)
HK_REFUSED(0xd3, 0xd6, GARBAGE_COLLECTION)
HK_REFUSED(0xfb00, 0xfbff, GARBAGE_COLLECTION)
HK_REFUSED(0xfc13, 0xfc16, WIDE_ARITHMETIC)
HK_REFUSED(0xfe00, 0xfeff, THREADS)

#undef HK_OP
#undef HK_REFUSED
