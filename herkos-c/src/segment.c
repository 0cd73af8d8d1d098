/*
 * segment.c: the sections that hold contents: element segments, data segments, function bodies, and
 * the constant expressions that place them (WebAssembly specification, 5.5.12 to 5.5.16
 * and 3.3.10).
 */
#include "hk.h"

#include <stdio.h>

static void check_global(const HkModule *m, const HkInstr *instr)
{
    if (instr->index >= m->global_count)
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, instr->offset, "unknown global %lu",
                 (unsigned long)instr->index);
    if (!m->globals[instr->index].imported || m->globals[instr->index].is_mutable)
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, instr->offset,
                 "constant expression required: global %lu is not an immutable import",
                 (unsigned long)instr->index);
}

static HkInit constant(HkModule *m, const HkInstr *instr, uint8_t expected)
{
    HkInit init = {.offset = instr->offset, .value = instr->value};

    switch (instr->op) {
    case HK_OP_I32_CONST: init.type = HK_I32; break;
    case HK_OP_I64_CONST: init.type = HK_I64; break;
    case HK_OP_F32_CONST: init.type = HK_F32; break;
    case HK_OP_F64_CONST: init.type = HK_F64; break;
    case HK_OP_V128_CONST: init.type = HK_V128; break;
    case HK_OP_REF_NULL: init = (HkInit){instr->offset, instr->type, HK_INIT_NULL, 0}; break;
    case HK_OP_REF_FUNC:
        if (instr->index >= m->func_count)
            hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, instr->offset, "unknown function %lu",
                     (unsigned long)instr->index);
        m->funcs[instr->index].in_table = m->funcs[instr->index].declared = true;
        init = (HkInit){instr->offset, HK_FUNCREF, HK_INIT_FUNC, instr->index};
        break;
    case HK_OP_GLOBAL_GET:
        check_global(m, instr);
        init = (HkInit){instr->offset, m->globals[instr->index].type, HK_INIT_GLOBAL, instr->index};
        break;
    case HK_OP_END:
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, instr->offset,
                 "type mismatch: expected %s, found nothing", hk_type_name(expected));
    default:
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, instr->offset, "constant expression required [%s]",
                 hk_ops[instr->op].text);
    }
    return init;
}

static bool is_constant(uint16_t op)
{
    return op == HK_OP_GLOBAL_GET || op == HK_OP_REF_NULL || op == HK_OP_REF_FUNC ||
           (op >= HK_OP_I32_CONST && op <= HK_OP_V128_CONST);
}

/* Sums and products in a constant expression are a later proposal, to be named as such. */
static void refuse_extended(HkModule *m, HkReader r, HkInstr instr)
{
    for (; instr.op != HK_OP_END; hk_read_instr(&r, &instr))
        if ((instr.op >= HK_OP_I32_ADD && instr.op <= HK_OP_I32_MUL) ||
            (instr.op >= HK_OP_I64_ADD && instr.op <= HK_OP_I64_MUL)) {
            char where[32];
            snprintf(where, sizeof where, " [%s]", hk_ops[instr.op].text);
            hk_refuse(m->ctx, instr.offset, HK_EXTENDED_CONST, where);
        } else if (!is_constant(instr.op)) {
            return;
        }
}

/* Reads `instr* end`. WebAssembly 2.0 allows exactly one constant instruction or global.get of an
 * immutable import. */
HkInit hk_read_init(HkModule *m, HkReader *r, uint8_t type)
{
    HkInstr instr;

    hk_read_instr(r, &instr);
    HkInit init = constant(m, &instr, type);
    if (init.type != type)
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, instr.offset,
                 "type mismatch: expected %s, found %s [%s]", hk_type_name(type),
                 hk_type_name(init.type), hk_ops[instr.op].text);
    hk_read_instr(r, &instr);
    refuse_extended(m, *r, instr);
    if (instr.op != HK_OP_END)
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, instr.offset, "%s [%s]",
                 is_constant(instr.op) ? "type mismatch: expected a single value"
                                       : "constant expression required",
                 hk_ops[instr.op].text);
    return init;
}

/* An item as an expression: ref.func, ref.null or global.get. */
static uint32_t read_item(HkModule *m, HkReader *r, const HkElem *elem)
{
    size_t offset = r->at;
    HkInit init = hk_read_init(m, r, elem->type);

    if (init.kind == HK_INIT_NULL)
        return HK_ITEM_NULL;
    if (init.kind == HK_INIT_FUNC)
        return (uint32_t)init.value;
    if (elem->mode != HK_ELEM_ACTIVE)
        hk_raise(m->ctx, HERKOS_PHASE_UNSUPPORTED, offset,
                 "global.get in an element segment that is not active is not supported");
    return HK_ITEM_GLOBAL | (uint32_t)init.value;
}

/* An item as the index of a function. */
static uint32_t read_function_item(HkModule *m, HkReader *r)
{
    size_t offset = r->at;
    uint32_t index = hk_read_u32(r);

    if (index >= m->func_count)
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, offset,
                 "unknown function %lu in an element segment", (unsigned long)index);
    m->funcs[index].in_table = m->funcs[index].declared = true;
    return index;
}

/* The eight forms (5.5.12): bit 0 set: passive, or declarative with bit 1; else bit 1 gives a
   table; bit 2: items are expressions. */
static void read_element(HkModule *m, HkReader *r, HkElem *elem)
{
    size_t offset = r->at;
    uint32_t form = hk_read_u32(r);

    if (form > 7)
        hk_raise(m->ctx, HERKOS_PHASE_DECODE, offset, "malformed elements segment kind %lu",
                 (unsigned long)form);
    elem->mode = !(form & 1) ? HK_ELEM_ACTIVE : form & 2 ? HK_ELEM_DECLARATIVE : HK_ELEM_PASSIVE;
    elem->type = HK_FUNCREF;
    elem->offset.offset = offset;
    if (elem->mode == HK_ELEM_ACTIVE) {
        elem->table = form & 2 ? hk_read_u32(r) : 0;
        elem->offset = hk_read_init(m, r, HK_I32);
    }
    bool expressions = form & 4;
    if ((form & 3) && expressions)
        elem->type = hk_read_ref_type(r);
    else if ((form & 3) && hk_read_u8(r) != 0)
        hk_raise(m->ctx, HERKOS_PHASE_DECODE, r->at - 1, "malformed element kind");
    elem->count = hk_read_count(r, 1);
    elem->items = HK_NEW_ARRAY(&m->ctx->arena, elem->count, uint32_t);
    for (uint32_t j = 0; j < elem->count; j++)
        elem->items[j] = expressions ? read_item(m, r, elem) : read_function_item(m, r);
}

void hk_section_elements(HkModule *m, HkReader *r)
{
    m->elem_count = hk_read_count(r, 2);
    m->elems = HK_NEW_ARRAY(&m->ctx->arena, m->elem_count, HkElem);
    for (uint32_t i = 0; i < m->elem_count; i++)
        read_element(m, r, &m->elems[i]);
}

void hk_section_data_count(HkModule *m, HkReader *r)
{
    m->has_data_count = true;
    m->declared_data_count = hk_read_u32(r);
}

void hk_section_code(HkModule *m, HkReader *r)
{
    size_t offset = r->at;
    uint32_t count = hk_read_count(r, 3);

    m->code_start = offset;
    m->code_size = r->end - offset;
    if (count != m->func_count - m->imported_funcs)
        hk_raise(m->ctx, HERKOS_PHASE_DECODE, offset,
                 "function and code section have inconsistent lengths");
    m->has_code = true;
    for (uint32_t i = m->imported_funcs; i < m->func_count; i++) {
        HkReader body = hk_read_part(r, hk_read_u32(r));
        m->funcs[i].body = body.at;
        m->funcs[i].body_end = body.end;
    }
}

void hk_section_data(HkModule *m, HkReader *r)
{
    m->data_count = hk_read_count(r, 2);
    m->data = HK_NEW_ARRAY(&m->ctx->arena, m->data_count, HkData);
    for (uint32_t i = 0; i < m->data_count; i++) {
        HkData *data = &m->data[i];
        size_t offset = r->at;
        uint32_t form = hk_read_u32(r);
        if (form > 2)
            hk_raise(m->ctx, HERKOS_PHASE_DECODE, offset, "malformed data segment kind %lu",
                     (unsigned long)form);
        if (form == 2 && hk_read_u32(r) != 0)
            hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, offset,
                     "unknown memory: data segment %lu names another "
                     "memory than 0",
                     (unsigned long)i);
        data->passive = form == 1;
        if (!data->passive) {
            if (!m->memory_count)
                hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, offset, "unknown memory 0");
            data->offset = hk_read_init(m, r, HK_I32);
        }
        data->length = hk_read_u32(r);
        HkReader bytes = hk_read_part(r, data->length);
        data->bytes = bytes.bytes + bytes.at;
    }
}
