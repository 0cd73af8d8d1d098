/*
 * section.c: the sections that declare things: types, imports, functions, tables, memories,
 * globals, exports, start (WebAssembly specification, sections 5.3 and 5.5). What is decoded here
 * is only checked to be well-formed; validate_module.c checks that it makes sense.
 */
#include "hk.h"

enum { KIND_TAG = 4 };
enum { MAX_ARITY = 1000, MAX_FUNCTIONS = 1000000 }; /* limits of common engines */

const char *hk_type_name(uint8_t type)
{
    switch (type) {
    case HK_I32: return "i32";
    case HK_I64: return "i64";
    case HK_F32: return "f32";
    case HK_F64: return "f64";
    case HK_V128: return "v128";
    case HK_FUNCREF: return "funcref";
    case HK_EXTERNREF: return "externref";
    default: return "any type";
    }
}

const char *hk_type_rust(uint8_t type)
{
    switch (type) {
    case HK_V128: return "V128";
    case HK_FUNCREF: return "FuncRef";
    case HK_EXTERNREF: return "ExternRef";
    default: return hk_type_name(type);
    }
}

const char *hk_type_zero(uint8_t type)
{
    switch (type) {
    case HK_F32:
    case HK_F64: return "0.0";
    case HK_V128: return "V128::ZERO";
    case HK_FUNCREF: return "FuncRef::NULL";
    case HK_EXTERNREF: return "ExternRef::NULL";
    default: return "0";
    }
}

/* Raises unless the byte is a value type that is supported (5.3.1, 5.3.3). */
void hk_check_value_type(HkContext *ctx, size_t offset, uint8_t type)
{
    if ((type >= HK_V128 && type <= HK_I32) || type == HK_FUNCREF || type == HK_EXTERNREF)
        return;
    if (type == 0x63 || type == 0x64)
        hk_refuse(ctx, offset, HK_FUNCTION_REFERENCES, "");
    if (type >= 0x69 && type <= 0x74)
        hk_refuse(ctx, offset, HK_GARBAGE_COLLECTION, "");
    hk_raise(ctx, HERKOS_PHASE_DECODE, offset, "malformed value type 0x%02x", type);
}

uint8_t hk_read_value_type(HkReader *r)
{
    size_t offset = r->at;
    uint8_t type = hk_read_u8(r);

    hk_check_value_type(r->ctx, offset, type);
    return type;
}

uint8_t hk_read_ref_type(HkReader *r)
{
    size_t offset = r->at;
    uint8_t type = hk_read_u8(r);

    if (type == HK_FUNCREF || type == HK_EXTERNREF)
        return type;
    hk_check_value_type(r->ctx, offset, type); /* names the proposal that would allow it */
    hk_raise(r->ctx, HERKOS_PHASE_DECODE, offset, "malformed reference type 0x%02x", type);
}

static uint8_t *read_result_type(HkModule *m, HkReader *r, uint32_t *count)
{
    size_t offset = r->at;

    *count = hk_read_count(r, 1);
    if (*count > MAX_ARITY)
        hk_raise(m->ctx, HERKOS_PHASE_UNSUPPORTED, offset,
                 "more than %d parameters or results are not supported", MAX_ARITY);
    uint8_t *types = hk_arena_alloc(&m->ctx->arena, *count);
    for (uint32_t i = 0; i < *count; i++)
        types[i] = hk_read_value_type(r);
    return types;
}

void hk_section_types(HkModule *m, HkReader *r)
{
    /* Function types have three bytes; those of garbage collection, to be named below, have two. */
    m->type_count = hk_read_count(r, 2);
    m->types = HK_NEW_ARRAY(&m->ctx->arena, m->type_count, HkFuncType);
    for (uint32_t i = 0; i < m->type_count; i++) {
        HkFuncType *type = &m->types[i];
        size_t offset = r->at;
        uint8_t form = hk_read_u8(r);
        if (form == 0x4e || form == 0x4f || form == 0x50 || form == 0x5e || form == 0x5f)
            hk_refuse(m->ctx, offset, HK_GARBAGE_COLLECTION, "");
        if (form != 0x60)
            hk_raise(m->ctx, HERKOS_PHASE_DECODE, offset, "malformed function type 0x%02x", form);
        type->params = read_result_type(m, r, &type->param_count);
        type->results = read_result_type(m, r, &type->result_count);
    }
}

/* Limits (5.3.7). The flags of later proposals are known by their bits. */
uint8_t hk_read_limits(HkReader *r, HkLimits *limits, uint8_t allowed)
{
    size_t offset = r->at;
    uint8_t flags = hk_read_u8(r);
    uint8_t refused = flags & (uint8_t) ~(HK_LIMITS_MAX | allowed);

    if (refused & ~(HK_LIMITS_SHARED | HK_LIMITS_64))
        hk_raise(r->ctx, HERKOS_PHASE_DECODE, offset, "malformed limits flags 0x%02x", flags);
    if (refused)
        hk_refuse(r->ctx, offset, flags & HK_LIMITS_64 ? HK_MEMORY64 : HK_THREADS, "");
    *limits = (HkLimits){.min = hk_read_u32(r), .has_max = flags & HK_LIMITS_MAX};
    if (limits->has_max)
        limits->max = hk_read_u32(r);
    return flags;
}

static HkTable read_table_type(HkReader *r)
{
    size_t offset = r->at;
    HkTable table = {.offset = offset, .type = hk_read_ref_type(r)};

    hk_read_limits(r, &table.limits, 0);
    return table;
}

static void read_global_type(HkReader *r, HkGlobal *global)
{
    global->type = hk_read_value_type(r);
    size_t offset = r->at;
    uint8_t mutability = hk_read_u8(r);
    if (mutability > 1)
        hk_raise(r->ctx, HERKOS_PHASE_DECODE, offset, "malformed mutability 0x%02x", mutability);
    global->is_mutable = mutability;
}

/* Index spaces are arrays with room for the imports and for what the module declares itself: both
   sections are known to hold an entry of some bytes for each, so the growth below is bounded by the
   input. */
static void *widen(HkModule *m, void *old, uint32_t have, uint32_t more, size_t size)
{
    if (have > UINT32_MAX - more)
        hk_raise(m->ctx, HERKOS_PHASE_UNSUPPORTED, 0, "too many entries");
    char *wide = hk_arena_array(&m->ctx->arena, (size_t)have + more, size);
    for (size_t i = 0; i < have * size; i++)
        wide[i] = ((char *)old)[i];
    return wide;
}

static uint32_t read_type_index(const HkModule *m, HkReader *r)
{
    size_t offset = r->at;
    uint32_t index = hk_read_u32(r);

    if (index >= m->type_count)
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, offset, "unknown type %lu of function %lu",
                 (unsigned long)index, (unsigned long)m->func_count);
    return index;
}

static void read_import(HkModule *m, HkReader *r, HkImport *import, uint32_t at)
{
    import->offset = r->at;
    import->module = hk_read_name(r);
    import->field = hk_read_name(r);
    size_t offset = r->at;
    uint8_t kind = hk_read_u8(r);

    switch (kind) {
    case HK_KIND_FUNCTION:
        import->index = m->func_count;
        m->funcs[m->func_count] =
            (HkFunc){.type = read_type_index(m, r), .imported = true, .import = at};
        m->func_count++;
        break;
    case HK_KIND_TABLE:
        import->index = m->table_count;
        m->tables[m->table_count] = read_table_type(r);
        m->tables[m->table_count].imported = true;
        m->tables[m->table_count++].import = at;
        break;
    case HK_KIND_MEMORY: hk_read_memory(m, r, true); break;
    case HK_KIND_GLOBAL:
        import->index = m->global_count;
        read_global_type(r, &m->globals[m->global_count]);
        m->globals[m->global_count].imported = true;
        m->globals[m->global_count++].import = at;
        break;
    case KIND_TAG: hk_refuse(m->ctx, offset, HK_EXCEPTIONS, "");
    case 0x7e:
    case 0x7f: hk_refuse(m->ctx, offset, HK_COMPACT_IMPORTS, "");
    default: hk_raise(m->ctx, HERKOS_PHASE_DECODE, offset, "malformed import kind 0x%02x", kind);
    }
    import->kind = (HkKind)kind;
}

void hk_section_imports(HkModule *m, HkReader *r)
{
    m->import_count = hk_read_count(r, 4);
    m->imports = HK_NEW_ARRAY(&m->ctx->arena, m->import_count, HkImport);
    m->funcs = HK_NEW_ARRAY(&m->ctx->arena, m->import_count, HkFunc);
    m->tables = HK_NEW_ARRAY(&m->ctx->arena, m->import_count, HkTable);
    m->globals = HK_NEW_ARRAY(&m->ctx->arena, m->import_count, HkGlobal);
    for (uint32_t i = 0; i < m->import_count; i++)
        read_import(m, r, &m->imports[i], i);
    m->imported_funcs = m->func_count;
    m->imported_globals = m->global_count;
}

void hk_section_functions(HkModule *m, HkReader *r)
{
    uint32_t count = hk_read_count(r, 1);

    if (count > MAX_FUNCTIONS)
        hk_raise(m->ctx, HERKOS_PHASE_UNSUPPORTED, r->at,
                 "more than %d functions are not supported", MAX_FUNCTIONS);
    m->funcs = widen(m, m->funcs, m->func_count, count, sizeof(HkFunc));
    for (uint32_t i = 0; i < count; i++) {
        m->funcs[m->func_count].type = read_type_index(m, r);
        m->func_count++;
    }
}

void hk_section_tables(HkModule *m, HkReader *r)
{
    uint32_t count = hk_read_count(r, 3);

    m->tables = widen(m, m->tables, m->table_count, count, sizeof(HkTable));
    for (uint32_t i = 0; i < count; i++) {
        if (r->at < r->end && r->bytes[r->at] == 0x40)
            hk_refuse(m->ctx, r->at, HK_FUNCTION_REFERENCES, "");
        m->tables[m->table_count] = read_table_type(r);
        m->table_count++;
    }
}

void hk_section_memories(HkModule *m, HkReader *r)
{
    uint32_t count = hk_read_count(r, 2);

    for (uint32_t i = 0; i < count; i++)
        hk_read_memory(m, r, false);
}

void hk_section_globals(HkModule *m, HkReader *r)
{
    uint32_t count = hk_read_count(r, 3);

    m->globals = widen(m, m->globals, m->global_count, count, sizeof(HkGlobal));
    for (uint32_t i = 0; i < count; i++) {
        HkGlobal *global = &m->globals[m->global_count];
        read_global_type(r, global);
        global->init = hk_read_init(m, r, global->type);
        m->global_count++;
    }
}

void hk_section_exports(HkModule *m, HkReader *r)
{
    m->export_count = hk_read_count(r, 3);
    m->exports = HK_NEW_ARRAY(&m->ctx->arena, m->export_count, HkExport);
    for (uint32_t i = 0; i < m->export_count; i++) {
        HkExport *export = &m->exports[i];
        export->offset = r->at;
        export->name = hk_read_name(r);
        size_t offset = r->at;
        uint8_t kind = hk_read_u8(r);
        if (kind == KIND_TAG)
            hk_refuse(m->ctx, offset, HK_EXCEPTIONS, "");
        if (kind > HK_KIND_GLOBAL)
            hk_raise(m->ctx, HERKOS_PHASE_DECODE, offset, "malformed export kind");
        export->kind = (HkKind)kind;
        export->index = hk_read_u32(r);
    }
}

void hk_section_start(HkModule *m, HkReader *r)
{
    m->has_start = true;
    m->start_offset = r->at;
    m->start = hk_read_u32(r);
}
