/*
 * reader.c: bytes to values (WebAssembly specification, sections 5.1 and 5.2).
 *
 * Every read checks what is left; what does not fit raises a decode error at its offset. LEB128
 * numbers must not be longer than their type needs, nor carry bits beyond it.
 */
#include "hk.h"

static _Noreturn void fail(const HkReader *r, size_t offset, const char *what)
{
    hk_raise(r->ctx, HERKOS_PHASE_DECODE, offset, "%s", what);
}

uint8_t hk_read_u8(HkReader *r)
{
    if (r->at >= r->end)
        fail(r, r->at, "unexpected end");
    return r->bytes[r->at++];
}

/* An unsigned LEB128 number of at most `bits` bits (5.2.2). */
static uint64_t read_unsigned(HkReader *r, unsigned bits)
{
    size_t start = r->at;
    uint64_t value = 0;

    for (unsigned shift = 0;; shift += 7) {
        uint8_t byte = hk_read_u8(r);
        unsigned left = bits - shift;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (left < 8 && (byte & 0x80))
            fail(r, start, "integer representation too long");
        if (left < 7 && (byte & 0x7f) >> left)
            fail(r, start, "integer too large");
        if (!(byte & 0x80))
            return value;
    }
}

/* A signed LEB128 number of at most `bits` bits: in the last byte the unused bits must repeat the
 * sign. */
static int64_t read_signed(HkReader *r, unsigned bits)
{
    size_t start = r->at;
    uint64_t value = 0;

    for (unsigned shift = 0;; shift += 7) {
        uint8_t byte = hk_read_u8(r);
        unsigned left = bits - shift;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (left < 8 && (byte & 0x80))
            fail(r, start, "integer representation too long");
        if (left < 7) {
            uint8_t mask = (uint8_t)(0x7f & ~((1u << (left - 1)) - 1));
            if ((byte & mask) != 0 && (byte & mask) != mask)
                fail(r, start, "integer too large");
        }
        if (!(byte & 0x80)) {
            if (shift + 7 < 64 && (byte & 0x40))
                value |= ~UINT64_C(0) << (shift + 7);
            return (int64_t)value;
        }
    }
}

uint32_t hk_read_long_u32(HkReader *r)
{
    return (uint32_t)read_unsigned(r, 32);
}

uint64_t hk_read_u64(HkReader *r)
{
    return read_unsigned(r, 64);
}

int32_t hk_read_s32(HkReader *r)
{
    if (r->at < r->end && r->bytes[r->at] < 0x80) { /* one byte: bit 6 is the sign */
        uint8_t byte = r->bytes[r->at++];
        return byte & 0x40 ? (int32_t)byte - 0x80 : byte;
    }
    return (int32_t)read_signed(r, 32);
}

int64_t hk_read_s33(HkReader *r)
{
    return read_signed(r, 33);
}

int64_t hk_read_s64(HkReader *r)
{
    return read_signed(r, 64);
}

static uint64_t read_little_endian(HkReader *r, unsigned count)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < count; i++)
        value |= (uint64_t)hk_read_u8(r) << (8 * i);
    return value;
}

uint32_t hk_read_f32(HkReader *r)
{
    return (uint32_t)read_little_endian(r, 4);
}

uint64_t hk_read_f64(HkReader *r)
{
    return read_little_endian(r, 8);
}

bool hk_is_text(HkString name, const char *text)
{
    return name.length == strlen(text) && memcmp(name.bytes, text, name.length) == 0;
}

/* UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing beyond U+10FFFF (5.2.4).
 */
bool hk_is_utf8(HkString text)
{
    const uint8_t *p = text.bytes, *end = p + text.length;

    while (p < end) {
        uint8_t lead = *p++;
        unsigned more = lead < 0x80   ? 0
                        : lead < 0xc2 ? 4
                        : lead < 0xe0 ? 1
                        : lead < 0xf0 ? 2
                        : lead < 0xf5 ? 3
                                      : 4;
        if (more == 4 || (size_t)(end - p) < more)
            return false;
        if ((lead == 0xe0 && p[0] < 0xa0) || (lead == 0xed && p[0] > 0x9f) ||
            (lead == 0xf0 && p[0] < 0x90) || (lead == 0xf4 && p[0] > 0x8f))
            return false;
        for (; more; more--, p++)
            if ((*p & 0xc0) != 0x80)
                return false;
    }
    return true;
}

HkString hk_read_name(HkReader *r)
{
    uint32_t length = hk_read_u32(r);
    HkReader part = hk_read_part(r, length);
    HkString name = {part.bytes + part.at, length};

    if (!hk_is_utf8(name))
        fail(r, part.at, "malformed UTF-8 encoding");
    return name;
}

uint32_t hk_read_count(HkReader *r, uint32_t least)
{
    size_t start = r->at;
    uint32_t count = hk_read_u32(r);

    if (count > (r->end - r->at) / least)
        fail(r, start, "unexpected end: more items declared than the section has bytes for");
    return count;
}

HkReader hk_read_part(HkReader *r, uint32_t length)
{
    if (length > r->end - r->at)
        fail(r, r->at, "unexpected end: length out of bounds");
    HkReader part = *r;
    part.end = r->at + length;
    r->at = part.end;
    return part;
}
