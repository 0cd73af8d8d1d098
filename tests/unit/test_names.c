/*
 * test_names.c: names.c: any name becomes a Rust identifier, unique, no keyword; nothing in a name reaches the text.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static HkString string(const char *text)
{
    return (HkString){(const uint8_t *)text, (uint32_t)strlen(text)};
}

static const struct {
    const char *name, *snake, *camel;
} conversions[] = {
    {"add", "add", "Add"},
    {"addTwo", "add_two", "AddTwo"},
    {"fib-rec", "fib_rec", "FibRec"},
    {"wasi_snapshot_preview1", "wasi_snapshot_preview1", "WasiSnapshotPreview1"},
    {"HTTPGet", "http_get", "HTTPGet"},
    {"getHTTP", "get_http", "GetHTTP"},
    {"utf8Len", "utf8_len", "Utf8Len"},
    {"UTF8Len", "utf8_len", "UTF8Len"},
    {"a", "a", "A"},
    {"A", "a", "A"},
    {"__heap_base", "__heap_base", "HeapBase"},
    {"a..b", "a_b", "AB"},
    {"a__b", "a_b", "AB"},
    {"2d", "_2d", "N2D"},
    {"_start", "_start", "Start"},
    {"env.log", "env_log", "EnvLog"},
    {"core::fmt::Write", "core_fmt_write", "CoreFmtWrite"},
    {"\xc3\xa9t\xc3\xa9", "__t_", NULL},
    {"fn", "r#fn", "Fn"},
    {"type", "r#type", "Type"},
    {"async", "r#async", "Async"},
    {"gen", "r#gen", "Gen"},
    {"try", "r#try", "Try"},
    {"yield", "r#yield", "Yield"},
    {"self", "self_", "Self_"},
    {"Self", "self_", "Self_"},
    {"super", "super_", "Super"},
    {"crate", "crate_", "Crate"},
    {"", "empty", "Unnamed"},
    {"_", "_x", "Unnamed"},
    {"__", "__x", "Unnamed"},
    {"!", "_x", "Unnamed"},
};

START_TEST(conversion)
{
    Fixture fx;

    fixture_begin(&fx);
    ck_assert_str_eq(hk_names_snake(&fx.ctx.arena, string(conversions[_i].name)), conversions[_i].snake);
    if (conversions[_i].camel)
        ck_assert_str_eq(hk_names_camel(&fx.ctx.arena, string(conversions[_i].name)), conversions[_i].camel);
    fixture_end(&fx);
}
END_TEST

static bool is_identifier(const char *ident)
{
    if (strncmp(ident, "r#", 2) == 0)
        ident += 2;
    if (!*ident || strchr("0123456789", *ident) || strcmp(ident, "_") == 0)
        return false;
    return strspn(ident, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(ident);
}

/* Names that would end a comment, a string or an identifier, change the direction of text, or are plain nasty. */
static const char *const hostile[] = {
    "a\nfn main() { panic!() }", "a\r\nb", "`", "\"", "'", "\\", "*/", "//", "/*", "a b", "${x}", "{}", "%s%n",
    "\xe2\x80\xae" "evil",                                  /* U+202E right-to-left override */
    "\xe2\x81\xa6" "x" "\xe2\x81\xa9",                      /* U+2066, U+2069 isolates */
    "\xe2\x80\xa8", "\xe2\x80\xa9", "\xc2\x85",             /* line separators */
    "\xef\xbb\xbf", "\xe2\x80\x8b", "\xd0\xb0" "dd",        /* mark, zero width, a Cyrillic a */
    "\x01\x02\x1b[31m", "\x7f", "r#fn", "r#", "#", "0", "00", "-", "1_000", "__", "_0", "____a",
    "\xf0\x9f\xa6\x80", "Ok", "Err", "Some", "None", "Box", "Vec", "u8", "i32", "f64", "str", "bool", "'static",
};

START_TEST(hostile_name)
{
    Fixture fx;

    fixture_begin(&fx);
    const char *snake = hk_names_snake(&fx.ctx.arena, string(hostile[_i]));
    const char *camel = hk_names_camel(&fx.ctx.arena, string(hostile[_i]));
    const char *shown = hk_names_printable(&fx.ctx.arena, string(hostile[_i]));
    ck_assert_msg(is_identifier(snake), "%s", snake);
    ck_assert_msg(is_identifier(camel), "%s", camel);
    for (const char *p = shown; *p; p++)
        ck_assert_msg(*p >= 0x20 && *p < 0x7f && *p != '"' && *p != '`', "%s", shown);
    fixture_end(&fx);
}
END_TEST

START_TEST(every_byte)
{
    Fixture fx;

    fixture_begin(&fx);
    for (unsigned a = 0; a < 256; a++)
        for (unsigned b = 0; b < 256; b++) {
            uint8_t bytes[3] = {(uint8_t)a, (uint8_t)b, 'x'};
            for (uint32_t length = 1; length <= 3; length++) {
                HkString name = {bytes, length};
                const char *snake = hk_names_snake(&fx.ctx.arena, name), *camel = hk_names_camel(&fx.ctx.arena, name);
                ck_assert_msg(is_identifier(snake) && is_identifier(camel), "%02x %02x: %s %s", a, b, snake, camel);
                ck_assert_msg(strspn(snake, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 0, "%s", snake);
            }
            hk_arena_reset(&fx.ctx.arena);
        }
    fixture_end(&fx);
}
END_TEST

START_TEST(long_name)
{
    Fixture fx;
    enum { LENGTH = 1000000 };
    uint8_t *bytes = malloc(LENGTH);

    fixture_begin(&fx);
    ck_assert_ptr_nonnull(bytes);
    for (unsigned kind = 0; kind < 4; kind++) {
        for (size_t i = 0; i < LENGTH; i++)
            bytes[i] = (uint8_t)("aA.\xff"[kind] + (kind == 0 && i % 2 ? 'A' - 'a' : 0));
        HkString name = {bytes, LENGTH};
        ck_assert(is_identifier(hk_names_snake(&fx.ctx.arena, name)));
        ck_assert(is_identifier(hk_names_camel(&fx.ctx.arena, name)));
        ck_assert_uint_lt(strlen(hk_names_snake(&fx.ctx.arena, name)), 140);
        ck_assert_uint_lt(strlen(hk_names_printable(&fx.ctx.arena, name)), 1000);
    }
    free(bytes);
    fixture_end(&fx);
}
END_TEST

START_TEST(unique)
{
    Fixture fx;

    fixture_begin(&fx);
    HkNameSet set = {.ctx = &fx.ctx};
    HkArena *arena = &fx.ctx.arena;
    ck_assert_str_eq(hk_names_unique(&set, arena, "a", 1), "a");
    ck_assert_str_eq(hk_names_unique(&set, arena, "a", 2), "a_2");
    ck_assert_str_eq(hk_names_unique(&set, arena, "a_3", 9), "a_3");
    const char *third = hk_names_unique(&set, arena, "a", 3);
    ck_assert(is_identifier(third));
    ck_assert_str_ne(third, "a_3");
    ck_assert_str_eq(hk_names_unique(&set, arena, "r#fn", 4), "r#fn");
    ck_assert_str_eq(hk_names_unique(&set, arena, "r#fn", 5), "fn_5");
    ck_assert(!hk_names_take(&set, "a_2"));
    ck_assert(hk_names_take(&set, "b"));
    fixture_end(&fx);
}
END_TEST

START_TEST(ten_thousand_equal_names)
{
    Fixture fx;

    fixture_begin(&fx);
    HkNameSet set = {.ctx = &fx.ctx}, seen = {.ctx = &fx.ctx};
    for (uint64_t i = 0; i < 10000; i++) {
        const char *ident = hk_names_unique(&set, &fx.ctx.arena, i % 2 ? "same" : "same_1", i);
        ck_assert(is_identifier(ident));
        ck_assert_msg(hk_names_take(&seen, ident), "%s twice", ident);
        ck_assert_uint_lt(strlen(ident), 24);
    }
    fixture_end(&fx);
}
END_TEST

static void name_same(Wasm *map, uint32_t i)
{
    static const char *const names[] = {"same", "Same", "sa.me", "same_3", "same_"};

    w_name(map, names[i % 5]);
}

/* The next `fn ` at the start of a line, or behind `pub(super) ` as in a part of a large module. */
static const char *next_function(const char *at)
{
    static const char visible[] = "pub(super) ";
    const size_t length = sizeof visible - 1;

    while ((at = strstr(at, "fn ")) != NULL) {
        if (at[-1] == '\n' || memcmp(at - length, visible, length) == 0)
            return at + 3;
        at += 3;
    }
    return NULL;
}

/* Every function of the module is there once. */
static void check_distinct_functions(const char *rust, uint32_t count)
{
    Fixture fx;
    uint32_t found = 0;

    fixture_begin(&fx);
    HkNameSet seen = {.ctx = &fx.ctx};
    for (const char *p = next_function(rust); p; p = next_function(p), found++) {
        size_t length = strcspn(p, "(<");
        char *ident = hk_arena_alloc(&fx.ctx.arena, length + 1);
        memcpy(ident, p, length);
        ck_assert_msg(is_identifier(ident), "%s", ident);
        ck_assert_msg(hk_names_take(&seen, ident), "%s twice", ident);
    }
    ck_assert_uint_ge(found, count);
    fixture_end(&fx);
}

START_TEST(colliding_functions)
{
    Wasm w = w_named_functions(10000, name_same);
    char *rust = rust_of(&w);

    check_distinct_functions(rust, 10000);
    free(rust);
}
END_TEST

/* What generated functions call or declare themselves must not be the name of a function of the module. */
static const char *const reserved[] = {
    "l0", "v0", "b0", "_l0", "_v0", "_l1", "memory", "mem", "globals", "tables", "dropped", "host", "fuel", "stack",
    "select", "i32_load", "i32_add", "memory_grow", "memory_grow_fixed", "memory_check", "f32_canonical",
    "f64_canonical", "call_indirect_0", "call_indirect_1", "stack_enter", "fuel_consume",
};

static void name_reserved(Wasm *map, uint32_t i)
{
    w_name(map, reserved[i]);
}

START_TEST(reserved_functions)
{
    Wasm w = w_named_functions(sizeof reserved / sizeof *reserved, name_reserved);
    char *rust = rust_of(&w);
    char wanted[80] = "\nfn ";

    strcat(strcat(wanted, reserved[_i]), "(");
    LACKS(rust, wanted);
    free(rust);
}
END_TEST

static void name_hostile(Wasm *map, uint32_t i)
{
    w_name(map, hostile[i]);
}

START_TEST(hostile_functions)
{
    Wasm w = w_named_functions(sizeof hostile / sizeof *hostile, name_hostile);
    char *rust = rust_of(&w);

    check_distinct_functions(rust, sizeof hostile / sizeof *hostile);
    for (const char *p = rust; *p; p++)
        ck_assert_msg(*p == '\n' || (*p >= 0x20 && *p < 0x7f), "byte 0x%02x in the text", (unsigned char)*p);
    LACKS(rust, "\nfn main() { panic!() }");
    free(rust);
}
END_TEST

/* A custom section makes no module invalid, whatever it holds (A.4): broken names are no names. */
START_TEST(broken_name_section)
{
    static const char *const contents[] = {
        "", "01", "01 05", "01 02 01 00", "01 80 80 80 80 80 80 01", "01 04 01 00 7f 61", "01 04 01 00 01 ff",
        "01 07 02 00 01 61 00 01 62", "07 ff ff ff ff 0f", "63 01 00", "01 01 80", "01 06 ff ff ff ff 0f 00",
        "01 04 01 09 01 61",
    };
    Wasm w = w_module("1: 01 60 00 00; 3: 01 00; 10: 01 02 00 0b"), section = {0};

    w_hex(&section, contents[_i]);
    w_custom(&w, "name", &section);
    accept(&w);
}
END_TEST

Suite *suite_names(void)
{
    Suite *suite = suite_create("names");
    TCase *tc = tcase_create("names");

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, conversion, 0, sizeof conversions / sizeof *conversions);
    tcase_add_loop_test(tc, hostile_name, 0, sizeof hostile / sizeof *hostile);
    tcase_add_test(tc, every_byte);
    tcase_add_test(tc, long_name);
    tcase_add_test(tc, unique);
    tcase_add_test(tc, ten_thousand_equal_names);
    tcase_add_test(tc, colliding_functions);
    tcase_add_loop_test(tc, reserved_functions, 0, sizeof reserved / sizeof *reserved);
    tcase_add_test(tc, hostile_functions);
    tcase_add_loop_test(tc, broken_name_section, 0, 13);
    suite_add_tcase(suite, tc);
    return suite;
}
