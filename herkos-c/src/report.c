/*
 * report.c: facts about the module as JSON, for herkos-build and for reviewers: what it is and how
 * it was translated, then its interface. report_code.c has what is inside.
 */
#include "hk.h"
#include "json.h"

#include <string.h>

static const char *const kinds[] = {"function", "table", "memory", "global"};

static void string(HkJson *j, const char *key, const HkString *text)
{
    hk_json_text(j, key, (const char *)text->bytes, text->length);
}

/* ---- interface ---- */

/* In the Rust types of generated code. */
static void types(HkJson *j, const char *key, const uint8_t *list, uint32_t count)
{
    hk_json_array(j, key);
    for (uint32_t i = 0; i < count; i++)
        hk_json_string(j, NULL, hk_type_rust(list[i]));
    hk_json_end(j);
}

void hk_report_signature(HkJson *j, const HkFuncType *type)
{
    types(j, "params", type->params, type->param_count);
    types(j, "results", type->results, type->result_count);
}

static void import(HkJson *j, const HkModule *m, const HkImport *import)
{
    const char *path = import->path;

    hk_json_object(j, NULL);
    string(j, "module", &import->module);
    string(j, "name", &import->field);
    hk_json_string(j, "kind", kinds[import->kind]);
    hk_json_uint(j, "index", import->index);
    if (import->capability)
        hk_json_string(j, "trait", import->capability);
    else if (path)
        hk_json_text(j, "trait", path, (size_t)(strstr(path, "::") - path));
    if (path)
        hk_json_string(j, "method", strstr(path, "::") + 2);
    if (import->kind == HK_KIND_FUNCTION)
        hk_report_signature(j, hk_func_type(m, import->index));
    if (import->kind == HK_KIND_GLOBAL) {
        hk_json_string(j, "type", hk_type_rust(m->globals[import->index].type));
        hk_json_bool(j, "mutable", m->globals[import->index].is_mutable);
    }
    if (import->setter)
        hk_json_string(j, "setter", strstr(import->setter, "::") + 2);
    hk_json_end(j);
}

static void export(HkJson *j, const HkModule *m, uint32_t number)
{
    const HkExport *e = &m->exports[number];

    hk_json_object(j, NULL);
    string(j, "name", &e->name);
    hk_json_string(j, "kind", kinds[e->kind]);
    hk_json_uint(j, "index", e->index);
    if (e->kind == HK_KIND_FUNCTION) {
        hk_json_string(j, "method", m->methods[number]);
        hk_report_signature(j, hk_func_type(m, e->index));
        hk_json_uint(j, "stack_unoptimized", m->stack_bounds[HK_UNOPTIMIZED][e->index]);
        hk_json_uint(j, "stack_optimized", m->stack_bounds[HK_OPTIMIZED][e->index]);
    }
    hk_json_end(j);
}

static void interface(HkJson *j, const HkModule *m)
{
    hk_json_array(j, "imports");
    for (uint32_t i = 0; i < m->import_count; i++)
        import(j, m, &m->imports[i]);
    hk_json_end(j);
    hk_json_array(j, "exports");
    for (uint32_t i = 0; i < m->export_count; i++)
        export(j, m, i);
    hk_json_end(j);
    hk_json_string(j, "lent_memory", m->lent_memory ? m->lent_memory : "");
    hk_json_array(j, "lent_tables");
    for (uint32_t i = 0; i < m->lent_table_count; i++) {
        const HkImport *import = &m->imports[m->lent_tables[i]->import];
        hk_json_object(j, NULL);
        string(j, "module", &import->module);
        string(j, "name", &import->field);
        hk_json_string(j, "type", hk_type_rust(m->lent_tables[i]->type));
        hk_json_end(j);
    }
    hk_json_end(j);
}

/* ---- the whole ---- */

static void options(HkJson *j, const HkModule *m)
{
    const HerkosOptions *o = m->options;

    hk_json_object(j, "options");
    if (o->max_pages)
        hk_json_uint(j, "max_pages", o->max_pages);
    if (o->max_memory)
        hk_json_uint(j, "max_memory", o->max_memory);
    hk_json_uint(j, "max_stack", hk_max_stack(m));
    hk_json_string(j, "nan", o->canonical_nan ? "canonical" : "spec");
    hk_json_bool(j, "fuel", o->fuel);
    hk_json_bool(j, "trace", o->trace);
    hk_json_end(j);
}

void hk_report(const HkModule *m, HkBuf *out)
{
    HkJson json = {.out = out};
    HkJson *j = &json;

    hk_json_object(j, NULL);
    hk_json_string(j, "herkos", herkos_version());
    hk_json_string(j, "file", m->options->file);
    hk_json_string(j, "sha256", m->hash);
    hk_json_uint(j, "bytes", m->length);
    options(j, m);
    interface(j, m);
    hk_report_code(j, m);
    hk_json_end(j);
    hk_buf_char(out, '\n');
}
