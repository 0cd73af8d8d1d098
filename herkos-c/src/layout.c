/*
 * layout.c: line breaking the way rustfmt does it, so that generated files need no formatting.
 *
 * Text comes with a \1 where its list begins, after each comma and where the list ends; a list
 * without marks has no items. Only what the emitter produces is handled: one list a line, items
 * that are never broken themselves.
 */
#include "tree.h"

#include <string.h>

enum {
    LINE = HK_LINE,
    CALL_WIDTH = HK_CALL_WIDTH,
    SHORT_ITEM = 10 /* short_array_element_width_threshold: such items share lines */
};

void hk_layout_indent(HkBuf *out, uint32_t indent)
{
    for (; indent; indent--)
        hk_buf_bytes(out, "    ", 4);
}

static size_t count_marks(const char *text)
{
    size_t marks = 0;

    for (; *text; text++)
        marks += *text == '\1';
    return marks;
}

static void put_plain(HkBuf *out, const char *text)
{
    for (; *text; text++)
        if (*text != '\1')
            hk_buf_char(out, *text);
}

/* Each item on a line of its own. */
static void put_vertical(HkBuf *out, const char *text, uint32_t indent)
{
    const char *end = strrchr(text, '\1');

    for (const char *p = text; *p; p++) {
        if (*p == '\1') {
            hk_buf_text(out, p == end ? ",\n" : "\n");
            hk_layout_indent(out, indent + (p == end ? 0 : 1));
        } else if (*p != ' ' || p == text || p[-1] != '\1') {
            hk_buf_char(out, *p);
        }
    }
}

void hk_layout_list(HkBuf *out, const char *text, uint32_t indent)
{
    size_t marks = count_marks(text);

    hk_layout_indent(out, indent);
    if (marks && 4 * (size_t)indent + strlen(text) - marks > LINE)
        put_vertical(out, text, indent);
    else
        put_plain(out, text);
    hk_buf_char(out, '\n');
}

/* At one length the editions of rustfmt disagree about where the result goes. */
void hk_layout_declaration(HkBuf *out, const char *text, uint32_t indent)
{
    if (4 * (size_t)indent + strlen(text) - count_marks(text) == LINE && strstr(text, " -> ")) {
        hk_layout_indent(out, indent);
        hk_buf_text(out, "#[rustfmt::skip]\n");
    }
    hk_layout_list(out, text, indent);
}

/* Names and literals without operators or calls, none of them long. */
static bool are_items_short(const char *begin, const char *end)
{
    size_t width = 0;

    for (const char *p = begin + 1; p <= end; p++) {
        if (*p == '(' || (*p == ' ' && p[-1] != '\1'))
            return false;
        if (*p == '\1') {
            if (width > SHORT_ITEM)
                return false;
            width = 0;
        } else if (*p != ' ' && *p != ',') {
            width++;
        }
    }
    return true;
}

/* As many items on a line as fit. */
static void put_filled(HkBuf *out, const char *begin, const char *end, uint32_t indent)
{
    size_t column = 4 * ((size_t)indent + 1);

    hk_buf_char(out, '\n');
    hk_layout_indent(out, indent + 1);
    for (const char *p = begin + 1; p < end;) {
        size_t width = strcspn(p, ",\1") + 1; /* with its comma */
        bool first = p == begin + 1;
        bool last = p + width >= end; /* for all others rustfmt keeps a column back */
        if (!first && column + 1 + width + !last > LINE) {
            hk_buf_char(out, '\n');
            hk_layout_indent(out, indent + 1);
            column = 4 * ((size_t)indent + 1);
        } else if (!first) {
            hk_buf_char(out, ' ');
            column++;
        }
        hk_buf_bytes(out, p, width - 1);
        hk_buf_char(out, ',');
        column += width;
        p += width - 1;
        p += strspn(p, ",\1 ");
    }
    hk_buf_char(out, '\n');
    hk_layout_indent(out, indent);
}

static void put_broken_call(HkBuf *out, const char *text, uint32_t indent)
{
    const char *begin = strchr(text, '\1'), *end = strrchr(text, '\1');

    if (!are_items_short(begin, end)) {
        put_vertical(out, text, indent);
        return;
    }
    hk_buf_bytes(out, text, (size_t)(begin - text));
    put_filled(out, begin, end, indent);
    hk_buf_text(out, end + 1);
}

bool hk_layout_call_fits(const char *text, size_t column)
{
    const char *begin = strchr(text, '\1'), *end = strrchr(text, '\1');
    size_t marks = count_marks(text);

    return !marks || ((size_t)(end - begin) - (marks - 1) <= CALL_WIDTH &&
                      column + strlen(text) - marks <= LINE);
}

/* The call in `text` behind what is on the line already. Below the `=` of an assignment is a place
 * where it may fit. */
void hk_layout_value(HkBuf *out, const char *text, uint32_t indent)
{
    size_t line = out->length;

    while (line && out->text[line - 1] != '\n')
        line--;
    if (hk_layout_call_fits(text, out->length - line)) {
        put_plain(out, text);
    } else if (out->length - line > 2 && out->text[out->length - 2] == '=' &&
               out->text[out->length - 3] == ' ' &&
               hk_layout_call_fits(text, 4 * ((size_t)indent + 1))) {
        out->text[out->length - 1] = '\n';
        hk_layout_indent(out, indent + 1);
        put_plain(out, text);
    } else {
        put_broken_call(out, text, indent);
    }
}

void hk_layout_call(HkBuf *out, const char *text, uint32_t indent)
{
    hk_layout_indent(out, indent);
    hk_layout_value(out, text, indent);
    hk_buf_char(out, '\n');
}
