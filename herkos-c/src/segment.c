/*
 * segment.c: the sections that hold contents: element segments, data segments, function bodies, and the constant
 * expressions that place them (WebAssembly specification, 5.5.12 to 5.5.16 and 3.3.10).
 */
#include "hk.h"

/* Reads `instr* end`. WebAssembly 2.0 allows exactly one constant instruction or global.get of an immutable import. */
HkInit hk_read_init(HkModule *m, HkReader *r, uint8_t type)
{
    HkInit init = {.offset = r->at};
    HkInstr instr;

    hk_read_instr(r, &instr);
    switch (instr.op) {
    case HK_OP_I32_CONST: init.type = HK_I32; break;
    case HK_OP_I64_CONST: init.type = HK_I64; break;
    case HK_OP_F32_CONST: init.type = HK_F32; break;
    case HK_OP_F64_CONST: init.type = HK_F64; break;
    case HK_OP_GLOBAL_GET:
        if (instr.index >= m->global_count)
            hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, instr.offset, "unknown global %lu", (unsigned long)instr.index);
        if (!m->globals[instr.index].imported || m->globals[instr.index].is_mutable)
            hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, instr.offset,
                     "constant expression required: global %lu is not an immutable import", (unsigned long)instr.index);
        init.type = m->globals[instr.index].type;
        init.is_global = true;
        break;
    case HK_OP_END:
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, instr.offset, "type mismatch: expected %s, found nothing",
                 hk_type_name(type));
    default:
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, instr.offset, "constant expression required [%s]",
                 hk_ops[instr.op].text);
    }
    init.value = init.is_global ? instr.index : instr.value;
    if (init.type != type)
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, instr.offset, "type mismatch: expected %s, found %s [%s]",
                 hk_type_name(type), hk_type_name(init.type), hk_ops[instr.op].text);
    hk_read_instr(r, &instr);
    if (instr.op != HK_OP_END) {
        const char *type_text = hk_ops[instr.op].type;
        bool pushes = type_text[0] == ':' && type_text[1];
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, instr.offset, "%s [%s]",
                 pushes ? "type mismatch: expected a single value" : "constant expression required",
                 hk_ops[instr.op].text);
    }
    return init;
}

/* Element segments (5.5.12): form 0 is the one of WebAssembly 1.0, 2 and, with bulk memory, the others. */
void hk_section_elements(HkModule *m, HkReader *r)
{
    m->elem_count = hk_read_count(r, 2);
    m->elems = HK_NEW_ARRAY(&m->ctx->arena, m->elem_count, HkElem);
    for (uint32_t i = 0; i < m->elem_count; i++) {
        HkElem *elem = &m->elems[i];
        size_t offset = r->at;
        uint32_t form = hk_read_u32(r);
        if (form > 7)
            hk_raise(m->ctx, HERKOS_PHASE_DECODE, offset, "malformed elements segment kind %lu",
                     (unsigned long)form);
        if (form != 0 && form != 2)
            hk_raise(m->ctx, HERKOS_PHASE_UNSUPPORTED, offset,
                     "passive, declarative and expression element segments: "
                     "the reference types proposal is not supported");
        elem->table = form == 2 ? hk_read_u32(r) : 0;
        elem->offset = hk_read_init(m, r, HK_I32);
        if (form == 2 && hk_read_u8(r) != 0)
            hk_raise(m->ctx, HERKOS_PHASE_DECODE, r->at - 1, "malformed element kind");
        elem->count = hk_read_count(r, 1);
        elem->functions = HK_NEW_ARRAY(&m->ctx->arena, elem->count, uint32_t);
        for (uint32_t j = 0; j < elem->count; j++)
            elem->functions[j] = hk_read_u32(r);
    }
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

    if (count != m->func_count - m->imported_funcs)
        hk_raise(m->ctx, HERKOS_PHASE_DECODE, offset, "function and code section have inconsistent lengths");
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
            hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, offset, "unknown memory: data segment %lu names another "
                     "memory than 0", (unsigned long)i);
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
