/*
 * emit_table.c: call_indirect as a match over the functions of the right type (REQ_TRANS_INDIRECT_CALLS).
 *
 * A table that nothing can change after instantiation needs no storage: the match is over the index itself, and what
 * is not a function of the type is told apart into null, other type and out of range by the remaining arms. Else the
 * entries lie in a Table, and the match is over the function index that its lookup yields.
 */
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Entry {
    uint32_t index, function;
    size_t order;            /* later segments overwrite earlier ones */
} Entry;

static int compare_entries(const void *a, const void *b)
{
    const Entry *x = a, *y = b;

    if (x->index != y->index)
        return x->index < y->index ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

bool hk_elem_fits(const HkModule *m, const HkElem *elem)
{
    return (uint32_t)elem->offset.value + (uint64_t)elem->count <= m->tables[elem->table].limits.min;
}

/* The entries of a constant table, ascending; instantiation stops at a segment that does not fit. */
static Entry *collect(const HkModule *m, size_t *count)
{
    size_t total = 0, kept = 0;

    for (uint32_t i = 0; i < m->elem_count; i++)
        total += m->elems[i].count;
    Entry *entries = HK_NEW_ARRAY(&m->ctx->arena, total, Entry);
    total = 0;
    for (uint32_t i = 0; i < m->elem_count && hk_elem_fits(m, &m->elems[i]); i++)
        for (uint32_t j = 0; j < m->elems[i].count; j++, total++)
            entries[total] = (Entry){(uint32_t)m->elems[i].offset.value + j, m->elems[i].functions[j], total};
    if (total)
        qsort(entries, total, sizeof *entries, compare_entries);
    for (size_t i = 0; i < total; i++)
        if (i + 1 == total || entries[i + 1].index != entries[i].index)
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

/* An arm that calls `function`. A call that is too long only behind the arrow goes into braces, as rustfmt has it. */
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
    if (!hk_layout_call_fits(text->text, out->length - line) && hk_layout_call_fits(text->text, 12)) {
        hk_buf_text(out, "{\n");
        text->text[text->length - 1] = '\0';   /* no comma there */
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

static void emit_constant_arms(HkModule *m, HkBuf *out, uint32_t canonical, const Entry *entries, size_t count)
{
    uint32_t size = (uint32_t)m->tables[0].limits.min, next = 0;
    bool others = false;

    for (size_t i = 0; i < count; i++) {
        const HkFunc *f = &m->funcs[entries[i].function];
        if (m->types[f->type].canonical != canonical) {
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

static void emit_dispatch(HkModule *m, HkBuf *out, uint32_t canonical, const Entry *entries, size_t count)
{
    const HkFuncType *type = &m->types[canonical];
    HkBuf *text = &m->line;
    char name[40];
    bool callable = false;

    for (size_t i = 0; i < count; i++)
        callable |= m->types[m->funcs[entries[i].function].type].canonical == canonical;
    callable |= !m->table_is_constant;
    snprintf(name, sizeof name, "call_indirect_%lu", (unsigned long)canonical);
    hk_buf_format(out, "\n// call_indirect of type %lu\n", (unsigned long)canonical);
    text->length = 0;
    hk_emit_head(m, text, name, type->uses);
    hk_buf_char(text, '\1');
    hk_emit_params(text, type->uses, callable ? type->uses : 0, ",\1 ");
    for (uint32_t i = 0; i <= type->param_count; i++) {
        hk_buf_text(text, i || type->uses ? ",\1 " : "");
        if (i < type->param_count)
            hk_buf_format(text, "%sl%lu: %s", callable ? "" : "_", (unsigned long)i, hk_type_name(type->params[i]));
    }
    hk_buf_text(text, "index: i32\1) -> ");
    hk_emit_result_type(text, type);
    hk_buf_text(text, " {");
    hk_layout_list(out, text->text, 0);
    if ((type->uses & HK_USE_GROW) && callable && any_uses_slice(m, canonical))
        hk_buf_text(out, "    let memory = mem.bytes_mut();\n");
    if (m->table_is_constant) {
        hk_buf_text(out, "    match index {\n");
        emit_constant_arms(m, out, canonical, entries, count);
    } else {
        hk_buf_format(out, "    match table.lookup(index, %lu)? {\n", (unsigned long)canonical);
        emit_lookup_arms(m, out, canonical);
    }
    hk_buf_text(out, "    }\n}\n");
}

static void emit_element_consts(HkModule *m, HkBuf *out)
{
    HkBuf *text = &m->line;

    for (uint32_t i = 0; i < m->elem_count; i++) {
        text->length = 0;
        hk_buf_format(text, "const ELEM_%lu: &[FuncRef] = &[", (unsigned long)i);
        for (uint32_t j = 0; j < m->elems[i].count; j++) {
            uint32_t function = m->elems[i].functions[j];
            hk_buf_format(text, "%sFuncRef::new(%lu, %lu)", j ? ",\1 " : "\1",
                          (unsigned long)m->types[m->funcs[function].type].canonical, (unsigned long)function);
        }
        hk_buf_text(text, m->elems[i].count ? "\1];" : "];");
        hk_buf_char(out, '\n');
        hk_layout_call(out, text->text, 0);
    }
}

void hk_emit_tables(HkModule *m, HkBuf *out)
{
    size_t count = 0;
    Entry *entries = NULL;

    if (m->table_count && m->table_is_constant)
        entries = collect(m, &count);
    if (m->table_count && !m->table_is_constant)
        emit_element_consts(m, out);
    for (uint32_t i = 0; i < m->type_count; i++)
        if (m->types[i].dispatched)
            emit_dispatch(m, out, i, entries, count);
}
