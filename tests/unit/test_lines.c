/*
 * test_lines.c: source lines (DWARF) of versions 4 and 5, put together by hand; and no bytes in their place make
 * herkos-c refuse the module or read where nothing is.
 */
#include "unit.h"

#include <stdlib.h>

/* load and store at 3 of the code section's contents, the store's own instruction at 0xa; div_s at 0x11 */
static const char code[] = "20 00 20 00 28 02 00 36 02 00 20 00 20 00 6d 0b";
static const char names[] = "/home/me\0src/a.c\0C:\\x\\b.h";

/* Rows: 3 a.c:7, 0xa b.h:9, 0x11 b.h:10, end at 0x12. A sequence of a function that the linker left out. */
static void put_program(Wasm *w, unsigned first_file)
{
    w_hex(w, "00 05 02 ff ff ff ff 03 29 01 02 04 00 01 01");
    w_u8(w, 4);
    w_u8(w, first_file);
    w_hex(w, "00 05 02 03 00 00 00 03 06 05 03 01 02 07 04");
    w_u8(w, first_file + 1);
    w_hex(w, "03 02 0a 01 75 02 01 00 01 01");
}

static void put_size(Wasm *w, size_t size)
{
    for (unsigned i = 0; i < 4; i++)
        w_u8(w, (unsigned)(size >> (8 * i)) & 0xff);
}

static Wasm line_section(unsigned version)
{
    Wasm header = {0}, unit = {0}, section = {0};

    w_hex(&header, "01");
    w_hex(&header, version >= 4 ? "01 01 fb 0e 0d 00 01 01 01 01 00 00 00 01 00 00 01" : "01 fb 0e 0d 00 01 01 01 01 00 00 00 01 00 00 01");
    if (version == 5) {
        w_hex(&header, "01 01 1f 01 00 00 00 00  03 01 1f 02 0b 05 1e 02");
        for (unsigned i = 0; i < 2; i++) {
            put_size(&header, i ? 17 : 9);
            w_hex(&header, "00 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f");
        }
    } else {
        w_bytes(&header, "/home/me", 9);
        w_u8(&header, 0);
        w_bytes(&header, "src/a.c", 8);
        w_hex(&header, "01 00 00");
        w_bytes(&header, "C:\\x\\b.h", 9);
        w_hex(&header, "00 00 00 00");
    }
    w_u8(&unit, version);
    w_u8(&unit, 0);
    if (version == 5)
        w_hex(&unit, "04 00");
    put_size(&unit, header.length);
    w_append(&unit, &header);
    put_program(&unit, version == 5 ? 0 : 1);
    put_size(&section, unit.length);
    w_append(&section, &unit);
    w_free(&header);
    w_free(&unit);
    return section;
}

/* Frees the section. */
static Wasm module_with(Wasm *lines)
{
    Wasm w = {0}, body = {0}, function = {0}, strings = {0};

    w_header(&w);
    w_section_hex(&w, W_TYPE, "01 60 01 7f 01 7f");
    w_section_hex(&w, W_FUNCTION, "01 00");
    w_section_hex(&w, W_MEMORY, "01 00 01");
    w_hex(&body, code);
    w_u8(&function, 1);
    w_function_body(&function, "", &body);
    w_section(&w, W_CODE, &function);
    w_free(&body);
    w_custom(&w, ".debug_line", lines);
    w_bytes(&strings, names, sizeof names);
    w_custom(&w, ".debug_line_str", &strings);
    return w;
}

START_TEST(lines_of)
{
    static const unsigned versions[] = {2, 3, 4, 5};
    HerkosOptions options = {.name = "unit", .file = "unit.wasm", .map = true};
    HerkosResult result;
    Wasm lines = line_section(versions[_i]);
    Wasm w = module_with(&lines);

    ck_assert(herkos_transpile(w.bytes, w.length, &options, &result));
    CONTAINS(result.text, "    // a.c:7\n    let v0 = tri!(i32_load(memory, l0, 0));\n"
                          "    // b.h:9\n    tri!(i32_store(memory, l0, 0, v0));\n"
                          "    // b.h:10\n    i32_div_s(l0, l0)\n");
    LACKS(result.text, "home");
    ck_assert_str_eq(result.warnings, "");
    CONTAINS(result.map, " a.c:7\n");
    CONTAINS(result.map, " b.h:10\n");
    herkos_free(&result);
    w_free(&w);
}
END_TEST

static void survives(const Wasm *w)
{
    HerkosOptions options = {.name = "unit", .file = "unit.wasm", .trace = true, .map = true};
    HerkosResult result;
    uint8_t *exact = malloc(w->length); /* so that the sanitizer sees a read past the end */

    ck_assert_ptr_nonnull(exact);
    memcpy(exact, w->bytes, w->length);
    ck_assert(herkos_transpile(exact, w->length, &options, &result));
    CONTAINS(result.text, "i32_div_s(l0, l0)");
    herkos_free(&result);
    free(exact);
}

START_TEST(damaged)
{
    const unsigned version = (unsigned)_i;
    uint32_t random = 1;
    Wasm good = line_section(version);
    const size_t length = good.length;

    for (size_t i = 0; i < length; i++) {
        static const uint8_t values[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
        for (size_t j = 0; j < sizeof values; j++) {
            Wasm lines = {0};
            w_append(&lines, &good);
            lines.bytes[i] = values[j];
            Wasm w = module_with(&lines);
            survives(&w);
            w_free(&w);
        }
        Wasm cut = {0};
        w_bytes(&cut, good.bytes, i);
        Wasm w = module_with(&cut);
        survives(&w);
        w_free(&w);
    }
    for (unsigned round = 0; round < 500; round++) {
        Wasm lines = {0};
        w_append(&lines, &good);
        for (unsigned changes = 0; changes < 4; changes++) {
            random = random * 1664525 + 1013904223;
            lines.bytes[4 + (random >> 8) % (length - 4)] = (uint8_t)(random >> 24);
        }
        Wasm w = module_with(&lines);
        survives(&w);
        w_free(&w);
    }
    w_free(&good);
}
END_TEST

/* A table that makes no sense is left out, all of it, and the user is told. */
START_TEST(malformed_warns)
{
    HerkosOptions options = {.name = "unit", .file = "unit.wasm"};
    HerkosResult result;
    Wasm lines = line_section(4);

    w_hex(&lines, "ff ff ff 00 04 00"); /* a second unit, longer than the section */
    Wasm w = module_with(&lines);
    ck_assert(herkos_transpile(w.bytes, w.length, &options, &result));
    CONTAINS(result.warnings, "the section .debug_line is malformed: source lines are left out");
    LACKS(result.text, "a.c");
    herkos_free(&result);
    w_free(&w);
}
END_TEST

Suite *suite_lines(void)
{
    Suite *suite = suite_create("lines");
    TCase *tc = tcase_create("lines");

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, lines_of, 0, 4);
    tcase_add_loop_test(tc, damaged, 4, 6);
    tcase_add_test(tc, malformed_warns);
    suite_add_tcase(suite, tc);
    return suite;
}
