/*
 * emit_trace.c: where a trap arises (`trace`). Each operation that may trap stands in
 * `at(operation, trace, 0x1a4)?`, which notes the offset of the instruction in the input when it
 * does, and so does each call that a trap may pass through. The offsets are told apart by a table
 * of the module's functions and source lines.
 *
 * The operation comes first, so that its operands are evaluated before `trace` is borrowed; for the
 * same reason functions have `trace` as their last parameter.
 */
#include "tree.h"

#include <stdio.h>
#include <string.h>

bool hk_leaves_trace(const HkModule *m, const HkNode *node)
{
    const HerkosOptions *o = m->options;

    if (!o->trace || node->op >= HK_OP_COUNT)
        return false;
    switch (node->op) {
    case HK_OP_CALL:
        return m->funcs[node->index].imported || (m->funcs[node->index].uses & HK_USE_TRACE);
    case HK_OP_CALL_INDIRECT: return true;
    case HK_OP_MEMORY_GROW: return m->memory_grows && o->fuel;
    case HK_OP_TABLE_GROW: return o->fuel;
    default: return hk_ops[node->op].flags & HK_E_TRAP;
    }
}

static const char form[] = ", trace, 0x%lx)";

uint32_t hk_trace_width(uint32_t offset)
{
    return (uint32_t)snprintf(NULL, 0, form, (unsigned long)offset) + 3; /* `at(` */
}

void hk_emit_traced(HkEmitter *e, size_t start, size_t offset)
{
    HkBuf *out = e->out;
    bool asks = out->text[out->length - 1] == '?';

    e->printed |= HK_USE_TRACE;
    hk_buf_reserve(out, 3);
    memmove(out->text + start + 3, out->text + start, out->length - start);
    memcpy(out->text + start, "at(", 3);
    out->length += asks ? 2 : 3; /* without the question mark */
    hk_buf_format(out, form, (unsigned long)offset);
    hk_buf_text(out, asks ? "?" : "");
}

void hk_emit_traced_lines(HkEmitter *e, HkBuf *text, uint32_t offset)
{
    HkBuf *out = e->out;

    text->text[text->length - 2] = ','; /* for `?;` */
    text->text[text->length - 1] = '\0';
    hk_buf_text(out, "at(\n");
    hk_layout_call(out, text->text, e->indent + 1);
    hk_layout_indent(out, e->indent + 1);
    hk_buf_text(out, "trace,\n");
    hk_layout_indent(out, e->indent + 1);
    hk_buf_format(out, "0x%lx,\n", (unsigned long)offset);
    hk_layout_indent(out, e->indent);
    hk_buf_text(out, ")?");
}

void hk_emit_trace_param(HkBuf *out, uint32_t uses, uint32_t printed, const char *before)
{
    if (!(uses & HK_USE_TRACE))
        return;
    hk_buf_text(out, before);
    hk_buf_text(out, printed & HK_USE_TRACE ? "trace: &mut TrapTrace" : "_trace: &mut TrapTrace");
}

/* ---- the table ---- */

/* In a string literal. Printable names have no quotes. */
static void put_name(HkBuf *out, const char *name)
{
    for (; *name; name++) {
        if (*name == '\\')
            hk_buf_char(out, '\\');
        hk_buf_char(out, *name);
    }
}

/* By index: what an export is called, for functions that the name section does not name. */
static const char **export_names(HkModule *m)
{
    const char **names = HK_NEW_ARRAY(&m->ctx->arena, m->func_count, const char *);

    for (uint32_t i = m->export_count; i-- > 0;)
        if (m->exports[i].kind == HK_KIND_FUNCTION)
            names[m->exports[i].index] = hk_names_printable(&m->ctx->arena, m->exports[i].name);
    return names;
}

static void put_leb128(HkBuf *out, uint32_t value)
{
    for (; value >= 0x80; value >>= 7)
        hk_buf_char(out, (char)(value | 0x80));
    hk_buf_char(out, (char)value);
}

/* The rows as CodeMap::new wants them: differences, since those take few bytes. */
static void put_lines(HkModule *m, HkBuf *out)
{
    HkBuf *rows = &m->body;
    uint32_t offset = 0, line = 0;

    rows->length = 0;
    for (size_t i = 0; i < m->line_count; i++) {
        const HkLine *row = &m->lines[i];
        uint32_t difference = row->line - line;
        put_leb128(rows, row->offset - offset);
        put_leb128(rows, row->file);
        put_leb128(rows, difference << 1 ^ (row->line < line ? UINT32_MAX : 0));
        offset = row->offset;
        line = row->line;
    }
    hk_emit_bytes(
        out, &(HkData){.length = (uint32_t)rows->length, .bytes = (const uint8_t *)rows->text});
}

void hk_emit_code_map(HkModule *m, HkBuf *out)
{
    if (!m->options->trace)
        return;
    const char **names = export_names(m);
    hk_buf_text(out, "\n// Where functions and source lines begin in the input, for traces.\n"
                     "#[rustfmt::skip]\n"
                     "const CODE_MAP: &trace::CodeMap = &trace::CodeMap::new(\n    &[\n");
    for (uint32_t i = m->imported_funcs; i < m->func_count; i++) {
        const HkFunc *f = &m->funcs[i];
        hk_buf_format(out, "        (0x%lx, \"", (unsigned long)f->body);
        if (f->name || names[i])
            put_name(out, f->name ? f->name : names[i]);
        else
            hk_buf_format(out, "func %lu", (unsigned long)i);
        hk_buf_text(out, "\"),\n");
    }
    hk_buf_text(out, "    ],\n    &[");
    for (uint32_t i = 0; i < m->source_count; i++) {
        hk_buf_text(out, i ? ", \"" : "\"");
        put_name(out, m->sources[i]);
        hk_buf_char(out, '"');
    }
    hk_buf_text(out, "],\n    b\"");
    put_lines(m, out);
    hk_buf_text(out, "\",\n);\n");
}
