/*
 * validate_module.c: everything outside of function bodies (WebAssembly specification, sections 3.2
 * and 3.4).
 */
#include "hk.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_TABLE = 10000000 }; /* a limit of common engines */

#define FAIL(m, offset, ...) hk_raise((m)->ctx, HERKOS_PHASE_VALIDATE, (offset), __VA_ARGS__)

static void check_tables(HkModule *m)
{
    for (uint32_t i = 0; i < m->table_count; i++) {
        const HkTable *table = &m->tables[i];
        if (table->limits.has_max && table->limits.min > table->limits.max)
            FAIL(m, table->offset, "size minimum must not be greater than maximum: table %lu",
                 (unsigned long)i);
        if (!table->imported && table->limits.min > MAX_TABLE)
            hk_raise(m->ctx, HERKOS_PHASE_UNSUPPORTED, table->offset,
                     "a table of more than %d entries is not supported", MAX_TABLE);
    }
}

static int compare_exports(const void *a, const void *b)
{
    const HkExport *x = *(const HkExport *const *)a, *y = *(const HkExport *const *)b;
    int order = hk_compare_strings(&x->name, &y->name);

    return order ? order : (x->offset > y->offset) - (x->offset < y->offset);
}

static void note_exported(HkTable *table, uint32_t export)
{
    if (!table->exported)
        table->first_export = export;
    table->exported = true;
}

static void check_exports(HkModule *m)
{
    static const char *const kinds[] = {"function", "table", "memory", "global"};
    const uint32_t counts[] = {m->func_count, m->table_count, m->memory_count, m->global_count};
    const HkExport **sorted = HK_NEW_ARRAY(&m->ctx->scratch, m->export_count, const HkExport *);

    for (uint32_t i = 0; i < m->export_count; i++) {
        HkExport *e = &m->exports[i];
        if (e->index >= counts[e->kind])
            FAIL(m, e->offset, "unknown %s %lu is exported", kinds[e->kind],
                 (unsigned long)e->index);
        if (e->kind == HK_KIND_FUNCTION)
            m->funcs[e->index].declared = true;
        if (e->kind == HK_KIND_TABLE)
            note_exported(&m->tables[e->index], i);
        sorted[i] = e;
    }
    if (m->export_count)
        qsort(sorted, m->export_count, sizeof *sorted, compare_exports);
    for (uint32_t i = 1; i < m->export_count; i++)
        if (hk_compare_strings(&sorted[i - 1]->name, &sorted[i]->name) == 0)
            FAIL(m, sorted[i]->offset, "duplicate export name \"%s\"",
                 hk_names_printable(&m->ctx->scratch, sorted[i]->name));
}

static void check_start(HkModule *m)
{
    if (!m->has_start)
        return;
    if (m->start >= m->func_count)
        FAIL(m, m->start_offset, "unknown function %lu is the start function",
             (unsigned long)m->start);
    const HkFuncType *type = hk_func_type(m, m->start);
    if (type->param_count || type->result_count)
        FAIL(m, m->start_offset, "start function %lu must have no parameters and no results",
             (unsigned long)m->start);
}

static void check_elements(HkModule *m)
{
    for (uint32_t i = 0; i < m->elem_count; i++) {
        const HkElem *elem = &m->elems[i];
        if (elem->mode != HK_ELEM_ACTIVE)
            continue;
        if (elem->table >= m->table_count)
            FAIL(m, elem->offset.offset, "unknown table %lu", (unsigned long)elem->table);
        if (elem->type != m->tables[elem->table].type)
            FAIL(m, elem->offset.offset,
                 "type mismatch: expected %s, found %s in an element segment",
                 hk_type_name(m->tables[elem->table].type), hk_type_name(elem->type));
    }
}

/* Equal types get the same canonical index; sorting keeps it n log n. */
static int compare_types(const void *a, const void *b)
{
    const HkFuncType *x = *(const HkFuncType *const *)a, *y = *(const HkFuncType *const *)b;
    HkString xp = {x->params, x->param_count}, yp = {y->params, y->param_count};
    HkString xr = {x->results, x->result_count}, yr = {y->results, y->result_count};
    int order = hk_compare_strings(&xp, &yp);

    return order ? order : hk_compare_strings(&xr, &yr);
}

static int compare_types_stable(const void *a, const void *b)
{
    const HkFuncType *x = *(const HkFuncType *const *)a, *y = *(const HkFuncType *const *)b;
    int order = compare_types(a, b);

    return order ? order : (x > y) - (x < y);
}

static void canonicalise_types(HkModule *m)
{
    HkFuncType **sorted = HK_NEW_ARRAY(&m->ctx->scratch, m->type_count, HkFuncType *);

    for (uint32_t i = 0; i < m->type_count; i++)
        sorted[i] = &m->types[i];
    if (m->type_count)
        qsort(sorted, m->type_count, sizeof *sorted, compare_types_stable);
    for (uint32_t i = 0; i < m->type_count; i++) {
        bool same = i && compare_types(&sorted[i - 1], &sorted[i]) == 0;
        sorted[i]->canonical = same ? sorted[i - 1]->canonical : (uint32_t)(sorted[i] - m->types);
    }
}

void hk_validate_module(HkModule *m)
{
    hk_arena_reset(&m->ctx->scratch);
    check_tables(m);
    check_exports(m);
    check_start(m);
    check_elements(m);
    canonicalise_types(m);
}
