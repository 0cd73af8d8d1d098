/*
 * name_section.c: the names that compilers leave for people (WebAssembly specification, appendix
 * A.4).
 *
 * A custom section can't make a module invalid, so whatever is malformed here ends the reading and
 * nothing else: this file has its own careful reads that stop instead of raising.
 */
#include "hk.h"

typedef struct Cursor {
    const uint8_t *at, *end;
    bool bad;
} Cursor;

static uint32_t number(Cursor *c)
{
    uint32_t value = 0;

    for (unsigned shift = 0; shift < 35; shift += 7) {
        if (c->at == c->end)
            break;
        uint8_t byte = *c->at++;
        value |= shift < 32 ? (uint32_t)(byte & 0x7f) << shift : 0;
        if (!(byte & 0x80))
            return value;
    }
    c->bad = true;
    return 0;
}

static HkString string(Cursor *c)
{
    HkString text = {c->at, 0};
    uint32_t length = number(c);

    if (c->bad || length > (size_t)(c->end - c->at)) {
        c->bad = true;
        return text;
    }
    text = (HkString){c->at, length};
    c->at += length;
    if (!hk_is_utf8(text))
        c->bad = true;
    return text;
}

static void read_map(Cursor c, HkString *names, uint32_t count)
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
    Cursor c = {NULL, NULL, false};

    if (!m->name_section.bytes)
        return;
    c.at = m->bytes + m->name_section.at;
    c.end = m->bytes + m->name_section.end;
    while (c.at < c.end) {
        uint8_t id = *c.at++;
        uint32_t length = number(&c);
        if (c.bad || length > (size_t)(c.end - c.at))
            return;
        Cursor part = {c.at, c.at + length, false};
        if (id == 1)
            read_map(part, functions, m->func_count);
        if (id == 7)
            read_map(part, globals, m->global_count);
        c.at = part.end;
    }
}
