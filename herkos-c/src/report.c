/*
 * report.c: facts about the module as JSON, for herkos-build and for reviewers.
 */
#include "hk.h"

#include <string.h>

static void string(HkBuf *out, const HkString *text)
{
    hk_buf_char(out, '"');
    for (uint32_t i = 0; i < text->length; i++) {
        uint8_t c = text->bytes[i];
        if (c == '"' || c == '\\')
            hk_buf_char(out, '\\');
        if (c < 0x20)
            hk_buf_format(out, "\\u%04x", c);
        else
            hk_buf_char(out, (char)c);
    }
    hk_buf_char(out, '"');
}

static void number(HkBuf *out, const char *key, uint64_t value)
{
    hk_buf_format(out, "  \"%s\": %llu,\n", key, (unsigned long long)value);
}

static const char *const kinds[] = {"function", "table", "memory", "global"};

/* `"params": ["i32"]`, in the Rust types of generated code. */
static void types(HkBuf *out, const char *key, const uint8_t *list, uint32_t count)
{
    hk_buf_format(out, ", \"%s\": [", key);
    for (uint32_t i = 0; i < count; i++)
        hk_buf_format(out, "%s\"%s\"", i ? ", " : "", hk_type_rust(list[i]));
    hk_buf_char(out, ']');
}

static void signature(HkBuf *out, const HkFuncType *type)
{
    types(out, "params", type->params, type->param_count);
    types(out, "results", type->results, type->result_count);
}

static void import(HkBuf *out, const HkModule *m, const HkImport *import)
{
    const char *path = import->path;

    hk_buf_text(out, "{\"module\": ");
    string(out, &import->module);
    hk_buf_text(out, ", \"name\": ");
    string(out, &import->field);
    hk_buf_format(out, ", \"kind\": \"%s\"", kinds[import->kind]);
    if (import->capability)
        hk_buf_format(out, ", \"trait\": \"%s\", \"method\": \"%s\"", import->capability,
                      strstr(path, "::") + 2);
    else if (path)
        hk_buf_format(out, ", \"trait\": \"%.*s\", \"method\": \"%s\"",
                      (int)(strstr(path, "::") - path), path, strstr(path, "::") + 2);
    if (import->kind == HK_KIND_FUNCTION)
        signature(out, hk_func_type(m, import->index));
    if (import->kind == HK_KIND_GLOBAL)
        hk_buf_format(out, ", \"type\": \"%s\", \"mutable\": %s",
                      hk_type_rust(m->globals[import->index].type),
                      m->globals[import->index].is_mutable ? "true" : "false");
    if (import->setter)
        hk_buf_format(out, ", \"setter\": \"%s\"", strstr(import->setter, "::") + 2);
    hk_buf_char(out, '}');
}

static void export(HkBuf *out, const HkModule *m, uint32_t index)
{
    const HkExport *e = &m->exports[index];

    hk_buf_text(out, "{\"name\": ");
    string(out, &e->name);
    hk_buf_format(out, ", \"kind\": \"%s\"", kinds[e->kind]);
    if (e->kind == HK_KIND_FUNCTION) {
        hk_buf_format(out, ", \"method\": \"%s\"", m->methods[index]);
        signature(out, hk_func_type(m, e->index));
        hk_buf_format(out, ", \"stack_unoptimized\": %lu, \"stack_optimized\": %lu",
                      (unsigned long)m->stack_bounds[HK_UNOPTIMIZED][e->index],
                      (unsigned long)m->stack_bounds[HK_OPTIMIZED][e->index]);
    }
    hk_buf_char(out, '}');
}

static void interface(HkBuf *out, const HkModule *m)
{
    hk_buf_text(out, "  \"imports\": [");
    for (uint32_t i = 0; i < m->import_count; i++) {
        hk_buf_text(out, i ? ",\n    " : "\n    ");
        import(out, m, &m->imports[i]);
    }
    hk_buf_text(out, m->import_count ? "\n  ],\n  \"exports\": [" : "],\n  \"exports\": [");
    for (uint32_t i = 0; i < m->export_count; i++) {
        hk_buf_text(out, i ? ",\n    " : "\n    ");
        export(out, m, i);
    }
    hk_buf_text(out, m->export_count ? "\n  ],\n" : "],\n");
}

static void lent_tables(HkBuf *out, const HkModule *m)
{
    hk_buf_text(out, "  \"lent_tables\": [");
    for (uint32_t i = 0; i < m->lent_table_count; i++) {
        const HkImport *import = &m->imports[m->lent_tables[i]->import];
        hk_buf_text(out, i ? ", {\"module\": " : "{\"module\": ");
        string(out, &import->module);
        hk_buf_text(out, ", \"name\": ");
        string(out, &import->field);
        hk_buf_format(out, ", \"type\": \"%s\"}", hk_type_rust(m->lent_tables[i]->type));
    }
    hk_buf_char(out, ']');
}

void hk_report(const HkModule *m, HkBuf *out)
{
    uint32_t recursive = 0, pure = 0;
    HkString file = {(const uint8_t *)m->options->file, (uint32_t)strlen(m->options->file)};

    for (uint32_t i = m->imported_funcs; i < m->func_count; i++) {
        recursive += m->funcs[i].recursive;
        pure += (m->funcs[i].uses & ~(uint32_t)HK_USE_STACK) == 0;
    }
    hk_buf_format(out, "{\n  \"herkos\": \"%s\",\n  \"file\": ", herkos_version());
    string(out, &file);
    hk_buf_format(out, ",\n  \"sha256\": \"%s\",\n", m->hash);
    number(out, "bytes", m->length);
    interface(out, m);
    number(out, "functions", m->func_count - m->imported_funcs);
    number(out, "functions_without_state", pure);
    number(out, "recursive_functions", recursive);
    number(out, "memory_initial_bytes", m->memory_count ? m->memory.min * m->page_size : 0);
    number(out, "memory_storage_bytes", m->memory_bytes);
    hk_buf_format(out, "  \"memory\": %s,\n", m->memory_count ? "true" : "false");
    hk_buf_format(out, "  \"lent_memory\": \"%s\",\n", m->lent_memory ? m->lent_memory : "");
    lent_tables(out, m);
    hk_buf_text(out, "\n}\n");
}
