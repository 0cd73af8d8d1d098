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

/* A callee: the index (of a constant table) or function number that leads to it. */
typedef struct Entry {
    uint32_t index, function, type;
    size_t order; /* later segments overwrite earlier ones */
} Entry;

/* What may be called through a table, by type and index; and the indices that hold null. */
typedef struct View {
    Entry *entries;
    size_t count, gap_count;
    HkRange *gaps;
} View;

static int compare_indices(const void *a, const void *b)
{
    const Entry *x = a, *y = b;

    if (x->index != y->index)
        return x->index < y->index ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static int compare_types(const void *a, const void *b)
{
    const Entry *x = a, *y = b;

    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static Entry entry_of(const HkModule *m, uint32_t index, uint32_t function, size_t order)
{
    return (Entry){index, function, m->types[m->funcs[function].type].canonical, order};
}

/* A table that may grow, here or where it is lent to, gets room for some more entries than it has
 * if no limit is declared, or a huge one. */
uint64_t hk_table_storage(const HkTable *table)
{
    uint64_t room = table->limits.min + UINT64_C(1024);

    if (!table->grows && !table->exported)
        return table->limits.min;
    return table->limits.has_max && table->limits.max < room ? table->limits.max : room;
}

const char *hk_table_view(const HkTable *table)
{
    return table->type == HK_FUNCREF ? "&mut TableView<FuncRef>" : "&mut TableView<ExternRef>";
}

void hk_emit_table(HkBuf *out, const HkModule *m, uint32_t table, const char *of)
{
    const HkTable *t = &m->tables[table];

    if (t->imported)
        hk_buf_format(out, "table_%lu", (unsigned long)t->lent);
    else
        hk_buf_format(out, "%stable_%lu", of, (unsigned long)table);
}

const char *hk_dispatch_ident(HkModule *m, uint32_t table, uint32_t type)
{
    char ident[40];

    if (m->tables[table].imported)
        table = (uint32_t)(m->lent_tables[m->tables[table].lent] - m->tables);
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

/* The items of the segments of a constant table, ascending, nulls with them; instantiation stops at
 * a segment that does not fit. */
static Entry *collect(const HkModule *m, uint32_t table, size_t *count)
{
    size_t total = 0;

    for (uint32_t i = 0; i < m->elem_count; i++)
        if (m->elems[i].mode == HK_ELEM_ACTIVE && m->elems[i].table == table)
            total += m->elems[i].count;
    Entry *entries = HK_NEW_ARRAY(&m->ctx->arena, total, Entry);
    total = 0;
    for (uint32_t i = 0; i < m->elem_count; i++) {
        const HkElem *elem = &m->elems[i];
        if (elem->mode != HK_ELEM_ACTIVE || elem->table != table)
            continue;
        if (!hk_elem_fits(m, elem))
            break;
        for (uint32_t j = 0; j < elem->count; j++, total++) {
            uint32_t index = (uint32_t)elem->offset.value + j;
            entries[total] = elem->items[j] == HK_ITEM_NULL
                                 ? (Entry){index, HK_ITEM_NULL, 0, total}
                                 : entry_of(m, index, elem->items[j], total);
        }
    }
    if (total)
        qsort(entries, total, sizeof *entries, compare_indices);
    *count = total;
    return entries;
}

static View view_constant(const HkModule *m, uint32_t table)
{
    size_t total;
    Entry *all = collect(m, table, &total);
    View view = {.entries = all};
    uint32_t size = (uint32_t)m->tables[table].limits.min, next = 0;

    view.gaps = HK_NEW_ARRAY(&m->ctx->arena, total + 1, HkRange);
    for (size_t i = 0; i < total; i++) {
        bool last = i + 1 == total || all[i + 1].index != all[i].index;
        if (last && all[i].function != HK_ITEM_NULL) {
            if (all[i].index > next)
                view.gaps[view.gap_count++] = (HkRange){next, all[i].index - 1};
            next = all[i].index + 1;
            view.entries[view.count++] = all[i];
        }
    }
    if (size > next)
        view.gaps[view.gap_count++] = (HkRange){next, size - 1};
    if (view.count)
        qsort(view.entries, view.count, sizeof *view.entries, compare_types);
    return view;
}

/* Through a stored table every function may be called that a reference may exist to. */
static View view_references(const HkModule *m)
{
    View view = {.entries = HK_NEW_ARRAY(&m->ctx->arena, m->func_count, Entry)};

    for (uint32_t i = 0; i < m->func_count; i++)
        if (m->funcs[i].in_table)
            view.entries[view.count++] = entry_of(m, i, i, i);
    if (view.count)
        qsort(view.entries, view.count, sizeof *view.entries, compare_types);
    return view;
}

/* The part of a view that has the type. */
static View view_of_type(const View *view, uint32_t type)
{
    size_t low = 0, high = view->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (view->entries[middle].type < type)
            low = middle + 1;
        else
            high = middle;
    }
    View part = {.entries = view->entries + low};
    while (low + part.count < view->count && part.entries[part.count].type == type)
        part.count++;
    return part;
}

static void emit_pattern(HkBuf *text, uint32_t first, uint32_t last)
{
    hk_buf_uint(text, first);
    if (last != first) {
        hk_buf_text(text, "..=");
        hk_buf_uint(text, last);
    }
}

/* An arm that calls `function`; `slice` is how it says the memory. A call that is too long only
 * behind the arrow goes into braces, as rustfmt has it. */
static void emit_arm(HkModule *m, HkBuf *out, uint32_t first, uint32_t last, uint32_t function,
                     const char *slice)
{
    const HkFunc *f = &m->funcs[function];
    const HkFuncType *type = &m->types[f->type];
    HkBuf *text = &m->line;
    size_t line = out->length;

    text->length = 0;
    hk_buf_format(text, "%s(", f->ident);
    const char *before = hk_emit_state(text, f->uses, slice, "\1", ",\1 ");
    for (uint32_t i = 0; i < type->param_count; i++, before = ",\1 ")
        hk_buf_format(text, "%sl%lu", before, (unsigned long)i);
    if (f->uses & HK_USE_TRACE)
        hk_buf_format(text, "%strace", before);
    hk_buf_text(text, f->uses || type->param_count ? "\1)," : "),");
    hk_layout_indent(out, 2);
    emit_pattern(out, first, last);
    hk_buf_text(out, " => ");
    if (!hk_layout_call_fits(text->text, out->length - line) &&
        hk_layout_call_fits(text->text, 12 - 1)) { /* no comma there */
        hk_buf_text(out, "{\n");
        text->text[text->length - 1] = '\0';
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

/* Of a memory that may grow each arm takes the slice for itself: most pass on the memory. */
static void emit_arms(HkModule *m, HkBuf *out, const HkDispatch *d, const View *callees)
{
    const char *slice = m->types[d->type].uses & HK_USE_GROW ? "mem.bytes_mut()" : HK_SLICE;

    for (size_t i = 0; i < callees->count; i++) {
        const Entry *first = &callees->entries[i], *last = first;
        while (i + 1 < callees->count && last[1].function == first->function &&
               last[1].index == last->index + 1) {
            last++;
            i++;
        }
        emit_arm(m, out, first->index, last->index, first->function, slice);
    }
}

static void emit_constant_body(HkModule *m, HkBuf *out, const HkDispatch *d, const View *view,
                               const View *callees)
{
    hk_buf_text(out, "    match index {\n");
    emit_arms(m, out, d, callees);
    for (size_t i = 0; i < view->gap_count; i++)
        emit_error_arm(out, view->gaps[i].first, view->gaps[i].last, "UndefinedElement");
    if (callees->count < view->count)
        emit_error_arm(out, 0, (uint32_t)m->tables[d->table].limits.min - 1,
                       "IndirectCallTypeMismatch");
    hk_buf_text(out, "        _ => Err(WasmTrap::TableOutOfBounds),\n    }\n}\n");
}

static void emit_lookup_body(HkModule *m, HkBuf *out, const HkDispatch *d, const View *callees)
{
    hk_buf_text(out, "    match ");
    hk_emit_table(out, m, d->table, "tables.");
    hk_buf_format(out, ".lookup(index, %lu)? {\n", (unsigned long)hk_type_number(m, d->type));
    emit_arms(m, out, d, callees);
    hk_buf_text(out, "        _ => Err(WasmTrap::IndirectCallTypeMismatch),\n    }\n}\n");
}

static void emit_dispatch(HkModule *m, HkBuf *out, const HkDispatch *d, const View *view)
{
    const HkFuncType *type = &m->types[d->type];
    const View callees = view_of_type(view, d->type);
    HkBuf *text = &m->line;
    bool constant = hk_table_place(&m->tables[d->table]) == HK_TABLE_CONSTANT;
    uint32_t printed = constant ? 0 : hk_table_use(&m->tables[d->table]);

    for (size_t i = 0; i < callees.count; i++)
        printed |= m->funcs[callees.entries[i].function].uses;
    hk_buf_format(out, "\n// call_indirect of type %lu in table %lu\n", (unsigned long)d->type,
                  (unsigned long)d->table);
    text->length = 0;
    hk_emit_head(m, text, d->ident, type->uses);
    hk_buf_char(text, '\1');
    const char *before = hk_emit_params(text, m, type->uses, printed);
    for (uint32_t i = 0; i < type->param_count; i++, before = ",\1 ")
        hk_buf_format(text, "%s%sl%lu: %s", before, callees.count ? "" : "_", (unsigned long)i,
                      hk_type_rust(type->params[i]));
    hk_buf_format(text, "%sindex: i32", before);
    hk_emit_trace_param(text, type->uses, printed, ",\1 ");
    hk_buf_text(text, "\1) -> ");
    hk_emit_result_type(text, type);
    hk_buf_text(text, " {");
    hk_layout_list(out, text->text, 0);
    if (constant)
        emit_constant_body(m, out, d, view, &callees);
    else
        emit_lookup_body(m, out, d, &callees);
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
    View references = list ? view_references(m) : (View){0};
    View *views = HK_NEW_ARRAY(&m->ctx->arena, m->table_count, View);
    for (const HkDispatch *d = list; d; d = d->next) {
        bool constant = hk_table_place(&m->tables[d->table]) == HK_TABLE_CONSTANT;
        View *view = constant ? &views[d->table] : &references;
        if (!view->entries)
            *view = view_constant(m, d->table);
        emit_dispatch(m, out, d, view);
    }
    emit_element_consts(m, out);
}
