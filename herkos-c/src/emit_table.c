/*
 * emit_table.c: call_indirect as a match over the functions of the right type
 * (REQ_TRANS_INDIRECT_CALLS).
 *
 * A table that nothing can change after instantiation needs no storage: the match is over the index
 * itself, and what is not a function of the type is told apart into null, other type and out of
 * range by the remaining arms. Else the entries lie in a Table, and the match is over the function
 * index that its lookup yields.
 */
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Entry {
    uint32_t index, function;
    size_t order; /* later segments overwrite earlier ones */
} Entry;

static int compare_entries(const void *a, const void *b)
{
    const Entry *x = a, *y = b;

    if (x->index != y->index)
        return x->index < y->index ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

/* A table that grows without a declared limit, or with a huge one, gets room for some more entries
 * than it has. */
uint64_t hk_table_storage(const HkTable *table)
{
    uint64_t room = table->limits.min + UINT64_C(1024);

    if (!table->grows)
        return table->limits.min;
    return table->limits.has_max && table->limits.max < room ? table->limits.max : room;
}

const char *hk_dispatch_ident(HkModule *m, uint32_t table, uint32_t type)
{
    char ident[40];

    if (table)
        snprintf(ident, sizeof ident, "call_indirect_%lu_%lu", (unsigned long)table,
                 (unsigned long)type);
    else
        snprintf(ident, sizeof ident, "call_indirect_%lu", (unsigned long)type);
    const char *known = hk_names_find(&m->dispatch_names, ident);
    if (known)
        return known;
    HkDispatch *d = HK_NEW(&m->ctx->arena, HkDispatch);
    char *kept = hk_arena_alloc(&m->ctx->arena, strlen(ident) + 1);
    strcpy(kept, ident);
    *d = (HkDispatch){m->dispatches, kept, table, type};
    m->dispatches = d;
    hk_names_take(&m->dispatch_names, kept);
    return kept;
}

bool hk_elem_fits(const HkModule *m, const HkElem *elem)
{
    return (uint32_t)elem->offset.value + (uint64_t)elem->count <=
           m->tables[elem->table].limits.min;
}

/* The entries of a constant table that are not null, ascending; instantiation stops at a segment
 * that does not fit. */
static Entry *collect(const HkModule *m, uint32_t table, size_t *count)
{
    size_t total = 0, kept = 0;

    for (uint32_t i = 0; i < m->elem_count; i++)
        total += m->elems[i].mode == HK_ELEM_ACTIVE && m->elems[i].table == table
                     ? m->elems[i].count
                     : 0;
    Entry *entries = HK_NEW_ARRAY(&m->ctx->arena, total, Entry);
    total = 0;
    for (uint32_t i = 0; i < m->elem_count; i++) {
        const HkElem *elem = &m->elems[i];
        if (elem->mode != HK_ELEM_ACTIVE || elem->table != table)
            continue;
        if (!hk_elem_fits(m, elem))
            break;
        for (uint32_t j = 0; j < elem->count; j++, total++)
            entries[total] = (Entry){(uint32_t)elem->offset.value + j, elem->items[j], total};
    }
    if (total)
        qsort(entries, total, sizeof *entries, compare_entries);
    for (size_t i = 0; i < total; i++)
        if ((i + 1 == total || entries[i + 1].index != entries[i].index) &&
            entries[i].function != HK_ITEM_NULL)
            entries[kept++] = entries[i];
    *count = kept;
    return entries;
}

static void emit_pattern(HkBuf *text, uint32_t first, uint32_t last)
{
    hk_buf_uint(text, first);
    if (last != first) {
        hk_buf_text(text, "..=");
        hk_buf_uint(text, last);
    }
}

/* An arm that calls `function`. A call that is too long only behind the arrow goes into braces, as
 * rustfmt has it. */
static void emit_arm(HkModule *m, HkBuf *out, uint32_t first, uint32_t last, uint32_t function)
{
    const HkFunc *f = &m->funcs[function];
    const HkFuncType *type = &m->types[f->type];
    HkBuf *text = &m->line;
    size_t line = out->length;

    text->length = 0;
    hk_buf_format(text, "%s(", f->ident);
    hk_emit_state(text, f->uses);
    for (uint32_t i = 0; i < type->param_count; i++)
        hk_buf_format(text, "%sl%lu", i || f->uses ? ",\1 " : "\1", (unsigned long)i);
    hk_buf_text(text, f->uses || type->param_count ? "\1)," : "),");
    hk_layout_indent(out, 2);
    emit_pattern(out, first, last);
    hk_buf_text(out, " => ");
    if (!hk_layout_call_fits(text->text, out->length - line) &&
        hk_layout_call_fits(text->text, 12)) {
        hk_buf_text(out, "{\n");
        text->text[text->length - 1] = '\0'; /* no comma there */
        hk_layout_call(out, text->text, 3);
        hk_buf_text(out, "        }\n");
        return;
    }
    hk_layout_value(out, text->text, 2);
    hk_buf_char(out, '\n');
}

static void emit_error_arm(HkBuf *out, uint32_t first, uint32_t last, const char *trap)
{
    hk_buf_text(out, "        ");
    emit_pattern(out, first, last);
    hk_buf_format(out, " => Err(WasmTrap::%s),\n", trap);
}

static void emit_constant_arms(HkModule *m, HkBuf *out, const HkDispatch *d, const Entry *entries,
                               size_t count)
{
    uint32_t size = (uint32_t)m->tables[d->table].limits.min, next = 0;
    bool others = false;

    for (size_t i = 0; i < count; i++) {
        const HkFunc *f = &m->funcs[entries[i].function];
        if (m->types[f->type].canonical != d->type) {
            others = true;
            continue;
        }
        size_t last = i;
        while (last + 1 < count && entries[last + 1].function == entries[i].function &&
               entries[last + 1].index == entries[last].index + 1)
            last++;
        emit_arm(m, out, entries[i].index, entries[last].index, entries[i].function);
        i = last;
    }
    for (size_t i = 0; i <= count; i++) {
        uint32_t end = i < count ? entries[i].index : size;
        if (end > next)
            emit_error_arm(out, next, end - 1, "UndefinedElement");
        next = end + 1;
    }
    if (others)
        emit_error_arm(out, 0, size - 1, "IndirectCallTypeMismatch");
    hk_buf_text(out, "        _ => Err(WasmTrap::TableOutOfBounds),\n");
}

static void emit_lookup_arms(HkModule *m, HkBuf *out, uint32_t canonical)
{
    for (uint32_t i = 0; i < m->func_count; i++)
        if (m->funcs[i].in_table && m->types[m->funcs[i].type].canonical == canonical)
            emit_arm(m, out, i, i, i);
    hk_buf_text(out, "        _ => Err(WasmTrap::IndirectCallTypeMismatch),\n");
}

/* Does a function of the type touch the memory without being able to grow it? */
static bool any_uses_slice(const HkModule *m, uint32_t canonical)
{
    for (uint32_t i = 0; i < m->func_count; i++)
        if (m->funcs[i].in_table && m->types[m->funcs[i].type].canonical == canonical &&
            (m->funcs[i].uses & HK_USE_ALL_MEMORY) && !(m->funcs[i].uses & HK_USE_GROW))
            return true;
    return false;
}

/* Does a callee of the dispatch on a constant table take the tables? */
static bool passes_tables(const HkModule *m, uint32_t canonical, const Entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const HkFunc *f = &m->funcs[entries[i].function];
        if (m->types[f->type].canonical == canonical && (f->uses & HK_USE_TABLES))
            return true;
    }
    return false;
}

static void emit_dispatch(HkModule *m, HkBuf *out, const HkDispatch *d, const Entry *entries,
                          size_t count)
{
    const HkFuncType *type = &m->types[d->type];
    HkBuf *text = &m->line;
    bool stored = m->tables[d->table].is_stored, callable = stored;

    for (size_t i = 0; i < count; i++)
        callable |= m->types[m->funcs[entries[i].function].type].canonical == d->type;
    uint16_t printed = callable ? type->uses : 0;
    if (!stored && !passes_tables(m, d->type, entries, count))
        printed &= (uint16_t)~HK_USE_TABLES;
    hk_buf_format(out, "\n// call_indirect of type %lu in table %lu\n", (unsigned long)d->type,
                  (unsigned long)d->table);
    text->length = 0;
    hk_emit_head(m, text, d->ident, type->uses);
    hk_buf_char(text, '\1');
    hk_emit_params(text, type->uses, printed, ",\1 ");
    for (uint32_t i = 0; i <= type->param_count; i++) {
        hk_buf_text(text, i || type->uses ? ",\1 " : "");
        if (i < type->param_count)
            hk_buf_format(text, "%sl%lu: %s", callable ? "" : "_", (unsigned long)i,
                          hk_type_rust(type->params[i]));
    }
    hk_buf_text(text, "index: i32\1) -> ");
    hk_emit_result_type(text, type);
    hk_buf_text(text, " {");
    hk_layout_list(out, text->text, 0);
    if ((type->uses & HK_USE_GROW) && callable && any_uses_slice(m, d->type))
        hk_buf_text(out, "    let memory = mem.bytes_mut();\n");
    if (stored) {
        hk_buf_format(out, "    match tables.table_%lu.lookup(index, %lu)? {\n",
                      (unsigned long)d->table, (unsigned long)hk_type_number(m, d->type));
        emit_lookup_arms(m, out, d->type);
    } else {
        hk_buf_text(out, "    match index {\n");
        emit_constant_arms(m, out, d, entries, count);
    }
    hk_buf_text(out, "    }\n}\n");
}

/* Segments as constants, null where only instantiation knows the value. */
static void emit_element_consts(HkModule *m, HkBuf *out)
{
    HkBuf *text = &m->line;

    for (uint32_t i = 0; i < m->elem_count; i++) {
        const HkElem *elem = &m->elems[i];
        if (!elem->is_used)
            continue;
        text->length = 0;
        hk_buf_format(text, "const ELEM_%lu: &[%s] = &[", (unsigned long)i,
                      hk_type_rust(elem->type));
        for (uint32_t j = 0; j < elem->count; j++) {
            HkInit item = {.kind = HK_INIT_FUNC, .type = elem->type, .value = elem->items[j]};
            if (elem->items[j] & HK_ITEM_GLOBAL)
                item.kind = HK_INIT_NULL;
            hk_buf_text(text, j ? ",\1 " : "\1");
            hk_emit_init(text, m, &item);
        }
        hk_buf_text(text, elem->count ? "\1];" : "];");
        hk_buf_char(out, '\n');
        hk_layout_call(out, text->text, 0);
    }
}

void hk_emit_tables(HkModule *m, HkBuf *out)
{
    HkDispatch *list = NULL;

    for (HkDispatch *d = m->dispatches, *next; d; d = next) { /* oldest first */
        next = d->next;
        d->next = list;
        list = d;
    }
    for (const HkDispatch *d = list; d; d = d->next) {
        size_t count = 0;
        Entry *entries = m->tables[d->table].is_stored ? NULL : collect(m, d->table, &count);
        emit_dispatch(m, out, d, entries, count);
    }
    emit_element_consts(m, out);
}
