/*
 * instr.c: the one decoder of instructions (WebAssembly specification, section 5.4), driven by
 * opcodes.h.
 *
 * The validator, the call analysis and the tree builder all read bodies through hk_read_instr, so
 * they cannot disagree about where an instruction ends. Only the encoding is checked here, not that
 * indices exist.
 */
#include "hk.h"

#include <stdio.h>

/* The names that the column `effects` of the table uses. */
enum {
    T = HK_E_TRAP,
    R = HK_E_MEMORY_R,
    W = HK_E_MEMORY_R | HK_E_MEMORY_W,
    G = HK_E_TABLE_R,
    H = HK_E_TABLE_R | HK_E_TABLE_W,
    D = HK_E_DROPPED_R,
    X = HK_E_DROPPED_W,
    C = HK_IS_COMMUTATIVE,
    B = HK_IS_BOOL,
    N = HK_IS_NAN
};

/* clang-format does not see through X macros. */
/* clang-format off */
const HkOpInfo hk_ops[HK_OP_COUNT] = {
#define HK_OP(code, ID, text, type, immediate, width, effects, rust) \
    {code, effects, HK_IMM_##immediate, width, text, type, rust},
#include "opcodes.h"
};

/* HK_OP_COUNT: no such opcode. Compilers make a table of it. */
static uint16_t find_op(uint32_t code)
{
    switch (code) {
#define HK_OP(code, ID, text, type, immediate, width, effects, rust) \
    case code: return HK_OP_##ID;
#include "opcodes.h"
    default: return HK_OP_COUNT;
    }
}

/* clang-format on */

static _Noreturn void refuse(HkReader *r, size_t offset, uint32_t code)
{
    /* clang-format off */
    static const struct {
        uint32_t first, last;
        HkProposal proposal;
    } refused[] = {
#define HK_REFUSED(first, last, PROPOSAL) {first, last, HK_##PROPOSAL},
#include "opcodes.h"
    };
    /* clang-format on */

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (code >= refused[i].first && code <= refused[i].last) {
            char where[32];
            snprintf(where, sizeof where, " [opcode 0x%02lx]", (unsigned long)code);
            hk_refuse(r->ctx, offset, refused[i].proposal, where);
        }
    hk_raise(r->ctx, HERKOS_PHASE_DECODE, offset, "illegal opcode 0x%02lx", (unsigned long)code);
}

static uint16_t read_op(HkReader *r)
{
    size_t offset = r->at;
    uint32_t code = hk_read_u8(r);

    if (code >= 0xfb && code <= 0xfe) {
        uint32_t sub = hk_read_u32(r);
        code = sub <= 0xff ? code << 8 | sub : code << 12 | (sub < 0xfff ? sub : 0xfff);
    }
    uint16_t op = find_op(code);
    if (op == HK_OP_COUNT)
        refuse(r, offset, code);
    return op;
}

/* Alignment and offset (5.4.6). Bit 6 of the alignment announces a memory index (multi-memory). */
static void read_memarg(HkReader *r, HkInstr *instr)
{
    size_t offset = r->at;

    instr->align = hk_read_u32(r);
    if (instr->align >= 64 && instr->align < 128)
        hk_refuse(r->ctx, offset, HK_MULTI_MEMORY, "");
    if (instr->align >= 128)
        hk_raise(r->ctx, HERKOS_PHASE_DECODE, offset, "malformed memop flags");
    instr->value = hk_read_u32(r);
}

static void read_memory_index(HkReader *r)
{
    size_t offset = r->at;

    if (hk_read_u8(r) != 0)
        hk_raise(r->ctx, HERKOS_PHASE_DECODE, offset, "zero byte expected");
}

/* The 16 bytes of a constant, or of a shuffle one for each lane; their place in the input stands
 * for them. */
static uint64_t read_vector(HkReader *r)
{
    return hk_read_part(r, 16).at;
}

static void read_br_table(HkReader *r, HkInstr *instr)
{
    instr->target_count = hk_read_count(r, 1);
    instr->targets = *r;
    for (uint32_t i = 0; i < instr->target_count; i++)
        hk_read_u32(r);
    hk_read_u32(r);
}

static void read_select(HkReader *r, HkInstr *instr)
{
    size_t offset = r->at;

    if (hk_read_u32(r) != 1)
        hk_raise(r->ctx, HERKOS_PHASE_VALIDATE, offset, "invalid result arity");
    instr->type = hk_read_value_type(r);
}

/* 0x40, a value type, or a type index; as a signed number of 33 bits only the last is not negative
 * (5.4.1). */
static int64_t read_block_type(HkReader *r)
{
    size_t offset = r->at;
    int64_t code = hk_read_s33(r);

    if (code < 0 && r->at - offset > 1)
        hk_raise(r->ctx, HERKOS_PHASE_DECODE, offset, "malformed block type");
    if (code < 0 && code != -64)
        hk_check_value_type(r->ctx, offset, (uint8_t)(code & 0x7f));
    return code;
}

/* Like a block type: what is not negative would be the index of a type. */
static uint8_t read_heap_type(HkReader *r)
{
    HkReader ahead = *r;

    if (hk_read_s33(&ahead) >= 0)
        hk_refuse(r->ctx, r->at, HK_FUNCTION_REFERENCES, "");
    return hk_read_ref_type(r);
}

static void read_immediate(HkReader *r, HkInstr *instr)
{
    switch ((HkImm)hk_ops[instr->op].immediate) {
    case HK_IMM_NONE: break;
    case HK_IMM_BLOCK: instr->block = read_block_type(r); break;
    case HK_IMM_BR_TABLE: read_br_table(r, instr); break;
    case HK_IMM_LABEL:
    case HK_IMM_FUNCTION:
    case HK_IMM_LOCAL:
    case HK_IMM_GLOBAL:
    case HK_IMM_TABLE:
    case HK_IMM_ELEM:
    case HK_IMM_DATA: instr->index = hk_read_u32(r); break;
    case HK_IMM_CALL_INDIRECT:
    case HK_IMM_ELEM_TABLE:
    case HK_IMM_TABLE_TABLE: /* the destination, then the source */
        instr->index = hk_read_u32(r);
        instr->table = hk_read_u32(r);
        break;
    case HK_IMM_REF_TYPE: instr->type = read_heap_type(r); break;
    case HK_IMM_SELECT: read_select(r, instr); break;
    case HK_IMM_MEMARG: read_memarg(r, instr); break;
    case HK_IMM_MEMARG_LANE:
        read_memarg(r, instr);
        instr->index = hk_read_u8(r);
        break;
    case HK_IMM_LANE: instr->index = hk_read_u8(r); break;
    case HK_IMM_DATA_MEMORY:
        instr->index = hk_read_u32(r);
        read_memory_index(r);
        break;
    case HK_IMM_MEMORY_MEMORY:
        read_memory_index(r);
        read_memory_index(r);
        break;
    case HK_IMM_MEMORY: read_memory_index(r); break;
    case HK_IMM_I32: instr->value = (uint32_t)hk_read_s32(r); break;
    case HK_IMM_I64: instr->value = (uint64_t)hk_read_s64(r); break;
    case HK_IMM_F32: instr->value = hk_read_f32(r); break;
    case HK_IMM_F64: instr->value = hk_read_f64(r); break;
    case HK_IMM_V128:
    case HK_IMM_SHUFFLE: instr->value = read_vector(r); break;
    }
}

void hk_read_instr(HkReader *r, HkInstr *instr)
{
    instr->offset = r->at;
    instr->op = read_op(r);
    read_immediate(r, instr);
}

bool hk_block_type(const HkModule *m, int64_t code, HkBlockType *type)
{
    *type = (HkBlockType){0};
    if (code >= 0) {
        if ((uint64_t)code >= m->type_count)
            return false;
        const HkFuncType *f = &m->types[code];
        type->param_count = f->param_count;
        type->params = f->params;
        type->result_count = f->result_count;
        type->results = f->results;
    } else if (code != -64) { /* -64 is 0x40: no result */
        type->single = (uint8_t)(code & 0x7f);
        type->result_count = 1;
    }
    return true;
}

const uint8_t *hk_block_results(const HkBlockType *type)
{
    return type->single ? &type->single : type->results;
}

uint8_t hk_type_of_letter(char letter)
{
    switch (letter) {
    case 'i': return HK_I32;
    case 'I': return HK_I64;
    case 'f': return HK_F32;
    case 'F': return HK_F64;
    default: return HK_V128;
    }
}
