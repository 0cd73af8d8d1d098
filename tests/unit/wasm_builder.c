/*
 * wasm_builder.c: see wasm_builder.h.
 */
#include "wasm_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void w_bytes(Wasm *w, const void *bytes, size_t length)
{
    if (length > w->capacity - w->length) {
        w->capacity = (w->capacity + length) * 2 + 64;
        w->bytes = realloc(w->bytes, w->capacity);
        if (!w->bytes)
            abort();
    }
    if (length)
        memcpy(w->bytes + w->length, bytes, length);
    w->length += length;
}

void w_u8(Wasm *w, unsigned byte)
{
    uint8_t b = (uint8_t)byte;

    w_bytes(w, &b, 1);
}

void w_u32(Wasm *w, uint32_t value)
{
    for (; value >= 0x80; value >>= 7)
        w_u8(w, (value & 0x7f) | 0x80);
    w_u8(w, value);
}

void w_s64(Wasm *w, int64_t value)
{
    for (;;) {
        unsigned byte = (unsigned)value & 0x7f;
        value = value < 0 ? -((-(value + 1)) / 128) - 1 : value / 128;
        if ((value == 0 && !(byte & 0x40)) || (value == -1 && (byte & 0x40))) {
            w_u8(w, byte);
            return;
        }
        w_u8(w, byte | 0x80);
    }
}

static void hex_until(Wasm *w, const char *hex, const char *end)
{
    while (hex < end) {
        unsigned byte;
        int used;
        if (*hex == ' ' || *hex == '\n') {
            hex++;
            continue;
        }
        if (sscanf(hex, "%2x%n", &byte, &used) != 1 || used != 2) {
            fprintf(stderr, "wasm_builder: bad hexadecimal text \"%s\"\n", hex);
            abort();
        }
        w_u8(w, byte);
        hex += 2;
    }
}

void w_hex(Wasm *w, const char *hex)
{
    hex_until(w, hex, hex + strlen(hex));
}

void w_name_bytes(Wasm *w, const void *name, size_t length)
{
    w_u32(w, (uint32_t)length);
    w_bytes(w, name, length);
}

void w_name(Wasm *w, const char *name)
{
    w_name_bytes(w, name, strlen(name));
}

void w_append(Wasm *w, const Wasm *other)
{
    w_bytes(w, other->bytes, other->length);
}

void w_header(Wasm *w)
{
    w_hex(w, "00 61 73 6d 01 00 00 00");
}

void w_section(Wasm *w, unsigned id, Wasm *contents)
{
    w_u8(w, id);
    w_u32(w, (uint32_t)contents->length);
    w_append(w, contents);
    w_free(contents);
}

void w_section_hex(Wasm *w, unsigned id, const char *contents)
{
    Wasm section = {0};

    w_hex(&section, contents);
    w_section(w, id, &section);
}

void w_custom(Wasm *w, const char *name, Wasm *contents)
{
    Wasm section = {0};

    w_name(&section, name);
    w_append(&section, contents);
    w_free(contents);
    w_section(w, 0, &section);
}

static unsigned type_byte(char letter)
{
    return letter == 'i' ? 0x7f : letter == 'I' ? 0x7e : letter == 'f' ? 0x7d : letter == 'F' ? 0x7c : 0x7b;
}

static void type_list(Wasm *w, const char *letters)
{
    w_u32(w, (uint32_t)strlen(letters));
    for (; *letters; letters++)
        w_u8(w, type_byte(*letters));
}

size_t w_function_body(Wasm *w, const char *locals, const Wasm *code)
{
    Wasm body = {0};

    w_u32(&body, (uint32_t)strlen(locals));
    for (; *locals; locals++) {
        w_u8(&body, 1);
        w_u8(&body, type_byte(*locals));
    }
    w_append(&body, code);
    w_u32(w, (uint32_t)body.length);
    w_append(w, &body);
    size_t at = w->length - code->length;
    w_free(&body);
    return at;
}

void w_free(Wasm *w)
{
    free(w->bytes);
    *w = (Wasm){0};
}

Wasm w_module(const char *sections)
{
    Wasm w = {0};

    w_header(&w);
    for (;;) {
        sections += strspn(sections, " ");
        if (!*sections)
            return w;
        char *colon;
        unsigned long id = strtoul(sections, &colon, 10);
        const char *end = strchr(sections, ';');
        Wasm contents = {0};
        if (*colon != ':')
            abort();
        if (!end)
            end = sections + strlen(sections);
        hex_until(&contents, colon + 1, end);
        w_section(&w, (unsigned)id, &contents);
        sections = *end ? end + 1 : end;
    }
}

/* The section with one memory. */
static void w_memory(Wasm *w, const char *limits)
{
    Wasm section = {0};

    w_u8(&section, 1);
    w_hex(&section, limits);
    w_section(w, W_MEMORY, &section);
}

Wasm w_subject(Subject *s)
{
    Wasm w = {0}, types = {0}, code = {0};

    w_header(&w);
    w_hex(&types, "05 60 00 00  60 00 01 7f  60 01 7f 01 7f  60 02 7f 7e 02 7c 7f  60");
    type_list(&types, s->params ? s->params : "");
    type_list(&types, s->results ? s->results : "");
    w_section(&w, W_TYPE, &types);
    w_section_hex(&w, W_IMPORT, s->bare ? "01 01 65 01 66 00 03" : "02 01 65 01 66 00 03 01 65 01 67 03 7f 00");
    w_section_hex(&w, W_FUNCTION, "01 04");
    if (!s->bare) {
        w_section_hex(&w, W_TABLE, "01 70 00 04");
        w_memory(&w, s->memory ? s->memory : "00 01");
        w_section_hex(&w, W_GLOBAL,
                      "05 7f 01 41 00 0b  7e 01 42 00 0b  7d 01 43 00 00 00 00 0b"
                      "7c 01 44 00 00 00 00 00 00 00 00 0b  7c 00 44 00 00 00 00 00 00 00 00 0b");
        w_section_hex(&w, W_EXPORT, "01 01 66 00 01");
        w_section_hex(&w, W_DATA_COUNT, "02");
    }
    w_u8(&code, 1);
    size_t at = w_function_body(&code, s->locals ? s->locals : "", &s->code);
    size_t length = code.length;
    w_section(&w, W_CODE, &code);
    s->code_at = w.length - length + at;
    if (!s->bare)
        w_section_hex(&w, W_DATA, "02 01 01 61 01 00");
    w_free(&s->code);
    return w;
}

Wasm w_named_functions(uint32_t count, void (*name)(Wasm *, uint32_t))
{
    Wasm w = {0}, funcs = {0}, code = {0}, map = {0}, names = {0};

    w_header(&w);
    w_section_hex(&w, W_TYPE, "02 60 00 00 60 01 7f 00");
    w_u32(&funcs, count);
    w_u32(&code, count);
    w_u32(&map, count);
    for (uint32_t i = 0; i < count; i++) {
        Wasm body = {0};
        w_u8(&funcs, 1);
        w_hex(&body, "41 01 10");
        w_u32(&body, (i + 1) % count);
        w_hex(&body, "0b");
        w_function_body(&code, "I", &body);
        w_free(&body);
        w_u32(&map, i);
        name(&map, i);
    }
    w_section(&w, W_FUNCTION, &funcs);
    w_section_hex(&w, W_EXPORT, "01 01 67 00 00");
    w_section(&w, W_CODE, &code);
    w_u8(&names, 1);
    w_u32(&names, (uint32_t)map.length);
    w_append(&names, &map);
    w_free(&map);
    w_custom(&w, "name", &names);
    return w;
}
