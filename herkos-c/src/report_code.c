/*
 * report_code.c: the part of the report on what is inside of a module: memory, segments, tables and
 * globals, and each function with what it uses, calls and accesses.
 *
 * Functions are named by their indices (specification, 2.5.1), types by that of the first of those
 * that are equal. What follows from all of it, such as which export can reach which import, is
 * worked out by herkos-build.
 */
#include "hk.h"
#include "json.h"

/* ---- state ---- */

static void memory(HkJson *j, const HkModule *m)
{
    hk_json_bool(j, "memory", m->memory_count != 0);
    if (!m->memory_count)
        return;
    hk_json_uint(j, "memory_page_bytes", m->page_size);
    hk_json_uint(j, "memory_initial_bytes", m->memory.min * m->page_size);
    hk_json_uint(j, "memory_storage_bytes", m->memory_imported ? 0 : m->memory_bytes);
    hk_json_bool(j, "memory_imported", m->memory_imported);
    hk_json_bool(j, "memory_grows", m->memory_grows && m->has_grow);
}

/* Where a segment is put, if that is a constant. */
static void offset(HkJson *j, const HkInit *init)
{
    if (init->kind == HK_INIT_CONST)
        hk_json_uint(j, "offset", (uint32_t)init->value);
    else
        hk_json_null(j, "offset");
}

static void segments(HkJson *j, const HkModule *m)
{
    static const char *const modes[] = {"active", "passive", "declarative"};

    hk_json_array(j, "data_segments");
    for (uint32_t i = 0; i < m->data_count; i++) {
        hk_json_object(j, NULL);
        hk_json_string(j, "mode", modes[m->data[i].passive]);
        if (!m->data[i].passive)
            offset(j, &m->data[i].offset);
        hk_json_uint(j, "bytes", m->data[i].length);
        hk_json_end(j);
    }
    hk_json_end(j);
    hk_json_array(j, "element_segments");
    for (uint32_t i = 0; i < m->elem_count; i++) {
        const HkElem *elem = &m->elems[i];
        hk_json_object(j, NULL);
        hk_json_string(j, "mode", modes[elem->mode]);
        if (elem->mode == HK_ELEM_ACTIVE) {
            hk_json_uint(j, "table", elem->table);
            offset(j, &elem->offset);
        }
        hk_json_uint(j, "items", elem->count);
        hk_json_end(j);
    }
    hk_json_end(j);
}

static void tables(HkJson *j, const HkModule *m)
{
    static const char *const places[] = {"constant", "instance", "lent"};

    hk_json_array(j, "tables");
    for (uint32_t i = 0; i < m->table_count; i++) {
        const HkTable *table = &m->tables[i];
        hk_json_object(j, NULL);
        hk_json_string(j, "type", hk_type_rust(table->type));
        hk_json_uint(j, "min", table->limits.min);
        if (table->limits.has_max)
            hk_json_uint(j, "max", table->limits.max);
        hk_json_string(j, "place", places[hk_table_place(table)]);
        hk_json_end(j);
    }
    hk_json_end(j);
}

static void globals(HkJson *j, const HkModule *m)
{
    uint32_t mutable_ = 0;

    for (uint32_t i = m->imported_globals; i < m->global_count; i++)
        mutable_ += m->globals[i].is_mutable;
    hk_json_object(j, "globals");
    hk_json_uint(j, "imported", m->imported_globals);
    hk_json_uint(j, "constant", m->global_count - m->imported_globals - mutable_);
    hk_json_uint(j, "mutable", mutable_);
    hk_json_end(j);
}

/* ---- calls through tables ---- */

/* What a call of this type may come to: the functions of the type to which there are references. */
static void targets(HkJson *j, const HkModule *m, uint32_t type)
{
    const HkCallGraph *calls = &m->calls;
    uint32_t node = m->func_count + type;

    hk_json_array(j, "targets");
    for (size_t e = calls->starts[node]; e < calls->starts[node + 1]; e++)
        hk_json_uint(j, NULL, calls->edges[e]);
    hk_json_end(j);
}

static void indirect_calls(HkJson *j, const HkModule *m)
{
    hk_json_array(j, "indirect_calls");
    for (uint32_t i = 0; i < m->type_count; i++) {
        if (!m->types[i].calls)
            continue;
        hk_json_object(j, NULL);
        hk_json_uint(j, "type", i);
        hk_report_signature(j, &m->types[i]);
        hk_json_uint(j, "sites", m->types[i].calls);
        targets(j, m, i);
        hk_json_end(j);
    }
    hk_json_end(j);
}

/* ---- functions ---- */

static void uses(HkJson *j, uint32_t bits)
{
    static const struct {
        uint32_t bits;
        const char *name;
    } names[] = {
        {HK_USE_ALL_MEMORY, "memory"},
        {HK_USE_GROW, "memory.grow"},
        {HK_USE_GLOBALS, "globals"},
        {HK_USE_TABLES, "tables"},
        {HK_USE_ALL_LENT, "lent tables"},
        {HK_USE_DROPPED, "segments"},
        {HK_USE_HOST, "host"},
    };

    hk_json_array(j, "uses");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (bits & names[i].bits)
            hk_json_string(j, NULL, names[i].name);
    hk_json_end(j);
}

/* Each instruction that calls, in order. */
static void edges(HkJson *j, const HkModule *m, uint32_t index)
{
    const HkCallGraph *calls = &m->calls;

    hk_json_array(j, "calls");
    for (size_t e = calls->starts[index]; e < calls->starts[index + 1]; e++)
        if (calls->edges[e] < m->func_count)
            hk_json_uint(j, NULL, calls->edges[e]);
    hk_json_end(j);
    if (!m->funcs[index].indirect_calls)
        return;
    hk_json_array(j, "calls_types");
    for (size_t e = calls->starts[index]; e < calls->starts[index + 1]; e++)
        if (calls->edges[e] >= m->func_count)
            hk_json_uint(j, NULL, calls->edges[e] - m->func_count);
    hk_json_end(j);
}

static void function(HkJson *j, const HkModule *m, uint32_t index)
{
    const HkFunc *f = &m->funcs[index];

    hk_json_object(j, NULL);
    hk_json_uint(j, "index", index);
    hk_json_string(j, "name", f->ident);
    if (f->name)
        hk_json_string(j, "source_name", f->name);
    hk_json_uint(j, "bytes", f->body_end - f->body);
    hk_json_uint(j, "frame_unoptimized", f->frame[HK_UNOPTIMIZED]);
    hk_json_uint(j, "frame_optimized", f->frame[HK_OPTIMIZED]);
    if (f->accesses) {
        hk_json_uint(j, "accesses", f->accesses);
        hk_json_uint(j, "accesses_in_bounds", f->accesses_in_bounds);
    }
    uses(j, f->uses);
    edges(j, m, index);
    if (f->recursive)
        hk_json_uint(j, "cycle", m->calls.component[index]);
    hk_json_end(j);
}

void hk_report_code(HkJson *j, const HkModule *m)
{
    memory(j, m);
    segments(j, m);
    tables(j, m);
    globals(j, m);
    if (m->has_start)
        hk_json_uint(j, "start", m->start);
    indirect_calls(j, m);
    hk_json_array(j, "functions");
    for (uint32_t i = m->imported_funcs; i < m->func_count; i++)
        function(j, m, i);
    hk_json_end(j);
}
