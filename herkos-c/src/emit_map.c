/*
 * emit_map.c: from the output back to the input and its sources: a comment where the source line
 * changes, and the map, which has each statement (docs/debugging.md).
 */
#include "tree.h"

static void put_source(HkBuf *out, const HkModule *m, const HkLine *line)
{
    hk_buf_text(out, m->sources[line->file]);
    hk_buf_char(out, ':');
    hk_buf_uint(out, line->line);
}

void hk_note_offset(HkEmitter *e, uint32_t offset)
{
    HkModule *m = e->m;
    const HkLine *line = hk_line_at(m, offset);

    if (line && (!e->line || e->line->line != line->line || e->line->file != line->file)) {
        hk_begin_line(e);
        hk_buf_text(e->out, "// ");
        put_source(e->out, m, line);
        hk_buf_char(e->out, '\n');
        e->line = line;
    }
    if (!m->options->map)
        return;
    m->marks = hk_grow(m->ctx, m->marks, &m->mark_capacity, m->mark_count + 1, sizeof *m->marks);
    m->marks[m->mark_count++] = (HkMark){e->out->length, offset};
}

/* The instruction that a statement is of: that of its value, if it has one of its own. */
static uint32_t offset_of(const HkStmt *stmt)
{
    bool is_value = stmt->kind == HK_S_LET || stmt->kind == HK_S_SET || stmt->kind == HK_S_LOCAL ||
                    stmt->kind == HK_S_GLOBAL || stmt->kind == HK_S_DO;

    return is_value && !hk_is_atom(stmt->node) ? stmt->node->offset : stmt->offset;
}

void hk_note_stmt(HkEmitter *e, const HkStmt *stmt)
{
    hk_note_offset(e, offset_of(stmt));
}

void hk_place_marks(HkModule *m, size_t first, size_t by)
{
    for (size_t i = first; i < m->mark_count; i++)
        m->marks[i].at += by;
}

void hk_emit_map(const HkModule *m, const HkBuf *text, HkBuf *out)
{
    unsigned long number = 1;
    size_t at = 0;

    hk_buf_text(out, "# herkos map 1: line of the Rust file, offset in the .wasm file, source\n");
    for (size_t i = 0; i < m->mark_count; i++) {
        const HkLine *line = hk_line_at(m, m->marks[i].offset);
        for (; at < m->marks[i].at; at++)
            number += text->text[at] == '\n';
        hk_buf_format(out, "%lu 0x%lx", number, (unsigned long)m->marks[i].offset);
        hk_buf_text(out, line ? " " : "");
        if (line)
            put_source(out, m, line);
        hk_buf_char(out, '\n');
    }
}
