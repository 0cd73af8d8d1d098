/*
 * name_section.c: the names that compilers leave for people (WebAssembly specification, appendix
 * A.4).
 *
 * A custom section can't make a module invalid, so whatever is malformed here ends the reading and
 * nothing else: cursor.c.
 */
#include "hk.h"

static uint32_t number(HkCursor *c)
{
    uint64_t value = hk_cursor_uleb128(c);

    c->bad |= value > UINT32_MAX;
    return (uint32_t)value;
}

static HkString string(HkCursor *c)
{
    uint32_t length = number(c);
    const uint8_t *bytes = hk_cursor_skip(c, length);
    HkString text = {bytes, c->bad ? 0 : length};

    c->bad |= !hk_is_utf8(text);
    return text;
}

static void read_map(HkCursor c, HkString *names, uint32_t count)
{
    uint32_t entries = number(&c);

    for (uint32_t i = 0; i < entries && !c.bad; i++) {
        uint32_t index = number(&c);
        HkString name = string(&c);
        if (!c.bad && index < count && !names[index].bytes)
            names[index] = name;
    }
}

void hk_read_name_section(HkModule *m, HkString *functions, HkString *globals)
{
    const HkReader *section = &m->name_section;

    if (!section->bytes)
        return;
    HkCursor c = {m->bytes + section->at, m->bytes + section->end, false};
    while (c.at < c.end) {
        uint8_t id = *c.at++;
        uint32_t length = number(&c);
        const uint8_t *start = hk_cursor_skip(&c, length);
        if (c.bad)
            return;
        HkCursor part = {start, c.at, false};
        if (id == 1)
            read_map(part, functions, m->func_count);
        if (id == 7)
            read_map(part, globals, m->global_count);
    }
}
