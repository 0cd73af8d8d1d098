/*
 * cursor.c: careful reads of what only people need (names, source lines). A custom section can't
 * make a module invalid: where reader.c raises an error, these mark the cursor as bad and give
 * nothing.
 */
#include "support.h"

static void stop(HkCursor *c)
{
    c->bad = true;
    c->at = c->end;
}

uint64_t hk_cursor_fixed(HkCursor *c, unsigned size)
{
    uint64_t value = 0;

    if ((size_t)(c->end - c->at) < size) {
        stop(c);
        return 0;
    }
    for (unsigned i = 0; i < size; i++)
        value |= (uint64_t)c->at[i] << (8 * (i & 7));
    c->at += size;
    return value;
}

static uint64_t leb128(HkCursor *c, bool is_signed)
{
    uint64_t value = 0;
    unsigned shift = 0;

    while (c->at < c->end) {
        uint8_t byte = *c->at++;
        if (shift < 64)
            value |= (uint64_t)(byte & 0x7f) << shift;
        shift += 7;
        if (byte & 0x80)
            continue;
        if (is_signed && (byte & 0x40) && shift < 64)
            value |= UINT64_MAX << shift;
        return value;
    }
    c->bad = true;
    return 0;
}

uint64_t hk_cursor_uleb128(HkCursor *c)
{
    return leb128(c, false);
}

int64_t hk_cursor_sleb128(HkCursor *c)
{
    return (int64_t)leb128(c, true);
}

const uint8_t *hk_cursor_skip(HkCursor *c, uint64_t size)
{
    const uint8_t *skipped = c->at;

    if (size > (uint64_t)(c->end - c->at))
        stop(c);
    else
        c->at += size;
    return skipped;
}

HkString hk_cursor_text(HkCursor *c)
{
    const uint8_t *end = memchr(c->at, 0, (size_t)(c->end - c->at));
    HkString string = {c->at, 0};

    if (!end) {
        stop(c);
        return string;
    }
    string.length = (uint32_t)(end - c->at);
    c->at = end + 1;
    return string;
}
