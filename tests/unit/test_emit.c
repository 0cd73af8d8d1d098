/*
 * test_emit.c: the emitter's pieces: constants, the order of effects in folded expressions, determinism, the header.
 */
#define _POSIX_C_SOURCE 200809L   /* setenv */

#include "unit.h"
#include "tree.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    uint8_t type;
    uint64_t bits;
    const char *plain, *suffixed;
} constants[] = {
    {HK_I32, 0, "0", "0_i32"},
    {HK_I32, 0xffffffff, "-1", "-1_i32"},
    {HK_I32, 0x80000000, "-2147483648", "-2147483648_i32"},
    {HK_I32, 0x7fffffff, "2147483647", "2147483647_i32"},
    {HK_I64, UINT64_C(1) << 63, "-9223372036854775808", "-9223372036854775808_i64"},
    {HK_I64, INT64_MAX, "9223372036854775807", "9223372036854775807_i64"},
    {HK_F32, 0, "0.0", "0.0_f32"},
    {HK_F32, 0x80000000, "-0.0", "-0.0_f32"},
    {HK_F32, 0x3f800000, "1.0", "1.0_f32"},
    {HK_F32, 0xbfc00000, "-1.5", "-1.5_f32"},
    {HK_F32, 0x3dcccccd, "0.1", "0.1_f32"},
    {HK_F32, 0x7f7fffff, "3.4028235e+38", NULL},
    {HK_F32, 0x00000001, "1e-45", NULL},
    {HK_F32, 0x7f800000, "f32::from_bits(0x7f800000)", "f32::from_bits(0x7f800000)"},
    {HK_F32, 0xff800000, "f32::from_bits(0xff800000)", NULL},
    {HK_F32, 0x7fc00000, "f32::from_bits(0x7fc00000)", NULL},
    {HK_F32, 0xffa00001, "f32::from_bits(0xffa00001)", NULL},
    {HK_F64, 0, "0.0", "0.0_f64"},
    {HK_F64, UINT64_C(1) << 63, "-0.0", "-0.0_f64"},
    {HK_F64, UINT64_C(0x3fb999999999999a), "0.1", "0.1_f64"},
    {HK_F64, UINT64_C(0x3fd3333333333334), "0.30000000000000004", NULL},
    {HK_F64, UINT64_C(0x400921fb54442d18), "3.141592653589793", NULL},
    {HK_F64, UINT64_C(0x7fefffffffffffff), "1.7976931348623157e+308", NULL},
    {HK_F64, 1, "5e-324", NULL},
    {HK_F64, UINT64_C(0x0010000000000000), "2.2250738585072014e-308", NULL},
    {HK_F64, UINT64_C(0x4340000000000000), "9007199254740992.0", NULL},
    {HK_F64, UINT64_C(0x7ff0000000000000), "f64::from_bits(0x7ff0000000000000)", NULL},
    {HK_F64, UINT64_C(0x7ff8000000000000), "f64::from_bits(0x7ff8000000000000)", NULL},
    {HK_F64, UINT64_C(0xfff4000000000001), "f64::from_bits(0xfff4000000000001)", NULL},
};

static void check_constants(void)
{
    Fixture fx;

    fixture_begin(&fx);
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        HkBuf buf = {.ctx = &fx.ctx};
        hk_emit_const(&buf, constants[i].type, constants[i].bits, false);
        ck_assert_str_eq(buf.text, constants[i].plain);
        buf.length = 0;
        hk_emit_const(&buf, constants[i].type, constants[i].bits, true);
        if (constants[i].suffixed)
            ck_assert_str_eq(buf.text, constants[i].suffixed);
        hk_buf_free(&buf);
    }
    fixture_end(&fx);
}

START_TEST(constant)
{
    check_constants();
}
END_TEST

/* A host that calls setlocale (LC_ALL, "") must not get other numbers. */
START_TEST(constant_with_decimal_comma)
{
    const char *path = getenv("HERKOS_UNIT_LOCPATH");

    if (!setlocale(LC_ALL, "de_DE.UTF-8") && path && setenv("LOCPATH", path, 1) == 0)
        setlocale(LC_ALL, "de_DE.UTF-8");
    if (strcmp(localeconv()->decimal_point, ",") != 0) {
        printf("skipped: constant_with_decimal_comma: no locale de_DE.UTF-8, and no localedef to make one\n");
        return;
    }
    check_constants();
}
END_TEST

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Literals read back as the same bits, and no literal with fewer digits does. */
static void check_shortest(const char *text, bool single, uint64_t bits)
{
    double value = single ? (double)strtof(text, NULL) : strtod(text, NULL);
    uint64_t back = 0;
    float value32 = (float)value;
    unsigned digits = 0;
    char fewer[64];

    if (single) {
        uint32_t back32;
        memcpy(&back32, &value32, sizeof back32);
        back = back32;
    } else {
        memcpy(&back, &value, sizeof back);
    }
    ck_assert_msg(back == bits, "%s is not 0x%llx", text, (unsigned long long)bits);
    size_t first = strspn(text, "-0."), last = strcspn(text, "e");
    while (last > first && (text[last - 1] == '0' || text[last - 1] == '.'))
        last--;
    for (size_t i = first; i < last; i++)
        digits += text[i] != '.';
    if (digits < 2)
        return;
    snprintf(fewer, sizeof fewer, "%.*e", (int)digits - 2, value);
    bool same = single ? strtof(fewer, NULL) == value32 : strtod(fewer, NULL) == value;
    ck_assert_msg(!same, "%s would do for %s", fewer, text);
}

START_TEST(shortest_floats)
{
    uint64_t state = UINT64_C(0x9e3779b97f4a7c15) + (unsigned)_i;
    Fixture fx;

    fixture_begin(&fx);
    HkBuf buf = {.ctx = &fx.ctx};
    for (unsigned i = 0; i < 20000; i++) {
        uint64_t bits = next_random(&state);
        bool single = i % 2;
        if (single)
            bits &= UINT32_MAX;
        if (single ? (bits >> 23 & 0xff) == 0xff : (bits >> 52 & 0x7ff) == 0x7ff)
            continue;
        buf.length = 0;
        hk_emit_const(&buf, single ? HK_F32 : HK_F64, bits, false);
        check_shortest(buf.text, single, bits);
    }
    hk_buf_free(&buf);
    fixture_end(&fx);
}
END_TEST

/* The text of the function under test: from its head to the closing brace in the first column. */
static char *function_text(const char *hex, const char *params, const char *results, const char *locals)
{
    Subject subject = {.params = params, .results = results, .locals = locals};

    w_hex(&subject.code, hex);
    Wasm w = w_subject(&subject);
    char *rust = rust_of(&w);
    char *start = strstr(rust, "\n// func 1");
    ck_assert_msg(start != NULL, "no function 1 in\n%.1500s", rust);
    char *end = strstr(start, "\n}\n");
    ck_assert_ptr_nonnull(end);
    end[2] = '\0';
    memmove(rust, start, strlen(start) + 1);
    return rust;
}

/* Of each case, the parts must follow each other in the function's text: the order of evaluation (4.4). */
static const struct {
    const char *what, *params, *results, *locals, *code;
    const char *parts[6];
} orders[] = {
    {"a load stays before a store", "i", "i", "", "20 00 28 02 00 20 00 41 07 36 02 00 0b",
     {"i32_load(", "i32_store("}},
    {"a load stays before a call", "i", "iFi", "", "20 00 28 02 00 41 01 42 01 10 00 0b", {"i32_load(", "f(memory, host, 1, 1)?"}},
    {"a load stays before memory.grow", "i", "ii", "", "20 00 28 02 00 20 00 40 00 0b", {"i32_load(", "memory_grow"}},
    {"memory.size stays before memory.grow", "i", "ii", "", "3f 00 20 00 40 00 0b", {"memory_size(", "memory_grow"}},
    {"global.get stays before global.set", "", "i", "", "23 01 41 05 24 01 0b", {"globals.global_1;", "globals.global_1 = 5"}},
    {"global.get stays before a call of oneself", "", "i", "", "23 01 10 01 1a 0b", {"= globals.global_1;", "f_1("}},
    {"local.get stays before local.set", "i", "i", "", "20 00 41 05 21 00 0b", {"= l0;", "l0 = 5"}},
    {"local.get stays before local.tee", "i", "i", "", "20 00 41 05 22 00 6b 0b", {"= l0;", "l0 = 5", "wrapping_sub("}},
    {"a division stays before a store", "i", "i", "", "41 01 20 00 6d 20 00 41 07 36 02 00 0b",
     {"i32_div_s(1, l0)?", "i32_store("}},
    {"a division stays before unreachable", "i", "i", "", "41 01 20 00 6d 1a 00 0b",
     {"i32_div_s(1, l0)?", "Err(WasmTrap::Unreachable)"}},
    {"a dropped load still traps", "i", "", "", "20 00 28 02 00 1a 0b", {"tri!(i32_load("}},
    {"a dropped division still traps", "i", "", "", "41 01 20 00 6e 1a 0b", {"i32_div_u(1, l0)?"}},
    {"a dropped conversion still traps", "f", "", "", "20 00 a8 1a 0b", {"i32_trunc_f32_s(l0)?"}},
    {"the operands of a store trap before it", "ii", "", "", "41 08 20 01 6d 41 01 20 01 6d 36 02 00 0b",
     {"i32_div_s(8, l1)?", "i32_div_s(1, l1)?", "i32_store("}},
    {"traps keep their order", "ii", "i", "", "20 00 28 02 00 20 00 20 01 6d 6a 0b", {"i32_load(", "i32_div_s("}},
    {"both operands of select are evaluated", "ii", "i", "",
     "20 00 28 02 00 20 01 28 02 04 20 00 1b 0b", {"tri!(i32_load(memory, l0, 0))", "tri!(i32_load(memory, l1, 4))"}},
    {"the value of if's condition is taken before", "i", "i", "", "20 00 28 02 00 20 00 04 40 41 00 41 09 36 02 00 0b 0b",
     {"i32_load(", "if l0 != 0", "i32_store("}},
    {"a value before a loop is taken before", "i", "i", "",
     "20 00 03 40 20 00 41 01 6b 22 00 0d 00 0b 0b", {"= l0;", "loop {"}},
    {"br_if passes values", "i", "i", "", "02 7f 41 0b 20 00 0d 00 1a 41 16 0b 0b", {"= 11", "break", "= 22"}},
    {"store after store", "i", "", "", "20 00 41 01 36 02 00 20 00 41 02 36 02 00 0b",
     {"tri!(i32_store(memory, l0, 0, 1))", "tri!(i32_store(memory, l0, 0, 2))"}},
};

START_TEST(order)
{
    char *rust = function_text(orders[_i].code, orders[_i].params, orders[_i].results, orders[_i].locals);
    const char *at = rust;

    for (size_t i = 0; i < 6 && orders[_i].parts[i]; i++) {
        const char *found = strstr(at, orders[_i].parts[i]);
        ck_assert_msg(found != NULL, "%s: \"%s\" is not there, or too early, in%.1500s", orders[_i].what, orders[_i].parts[i],
                      rust);
        at = found + strlen(orders[_i].parts[i]);
    }
    free(rust);
}
END_TEST

/* What can be folded is: no variable, one expression. */
static const struct {
    const char *params, *results, *code, *expression;
} folds[] = {
    {"ii", "i", "20 00 20 01 6a 0b", "\n    Ok(l0.wrapping_add(l1))\n"},
    {"ii", "i", "20 00 20 01 6a 41 02 6c 0b", "\n    Ok(l0.wrapping_add(l1).wrapping_mul(2))\n"},
    {"i", "i", "20 00 28 02 10 0b", "\n    Ok(tri!(i32_load(memory, l0, 16)))\n"},
    {"i", "i", "20 00 45 0b", "\n    Ok(i32::from(l0 == 0))\n"},
    {"ii", "i", "20 00 20 01 48 45 0b", "\n    Ok(i32::from(l0 >= l1))\n"},
    {"ff", "i", "20 00 20 01 5d 45 0b", "\n    Ok(i32::from(!(l0 < l1)))\n"},
    {"ii", "i", "20 00 20 01 71 20 00 73 0b", "\n    Ok((l0 & l1) ^ l0)\n"},
    {"i", "i", "41 7f 20 00 6a 0b", "\n    Ok(l0.wrapping_add(-1))\n"},
    {"FF", "F", "20 00 20 01 a1 20 01 a3 0b", "\n    Ok((l0 - l1) / l1)\n"},
    {"FF", "F", "20 00 20 00 20 01 a3 a1 0b", "\n    Ok(l0 - (l0 / l1))\n"},
};

START_TEST(fold)
{
    char *rust = function_text(folds[_i].code, folds[_i].params, folds[_i].results, "");

    CONTAINS(rust, folds[_i].expression);
    LACKS(rust, "let ");
    free(rust);
}
END_TEST

/* What can't be reached is not in the text, so rustc has nothing to warn of. */
START_TEST(unreachable_code)
{
    char *rust = function_text("00 41 00 41 07 36 02 00 20 00 0b", "i", "i", "");

    CONTAINS(rust, "Err(WasmTrap::Unreachable)");
    LACKS(rust, "i32_store");
    free(rust);
    rust = function_text("20 00 0f 41 00 41 07 36 02 00 0b", "i", "i", "");
    LACKS(rust, "i32_store");
    free(rust);
}
END_TEST

static const char sample[] =
    "1: 02 60 00 00 60 01 7f 01 7f; 2: 01 03 65 6e 76 01 66 00 01; 3: 02 01 00; 4: 01 70 00 02; 5: 01 00 01;"
    "6: 01 7f 01 41 2a 0b; 7: 01 03 61 64 64 00 01; 8: 02; 9: 01 00 41 00 0b 02 00 01;"
    "10: 02 0f 00 20 00 20 00 11 01 00 23 00 24 00 10 00 0b 02 00 0b; 11: 01 00 41 08 0b 03 61 62 63";

START_TEST(deterministic)
{
    Wasm first = w_module(sample), second = w_module(sample);
    char *a = rust_of(&first);

    setlocale(LC_ALL, "C.UTF-8");
    char *b = rust_of(&second);
    ck_assert_str_eq(a, b);
    free(a);
    free(b);
}
END_TEST

/* The header names the input by its file name, size and SHA-256: no directory, no date. */
START_TEST(header_comment)
{
    Wasm w = w_module("");
    HerkosOptions options = {.name = "mod", .file = "mod.wasm"};
    char *rust = rust_with(&w, &options);
    char *end = strstr(rust, "\n\n");

    ck_assert_ptr_nonnull(end);
    *end = '\0';
    CONTAINS(rust, "// Generated by herkos-c ");
    CONTAINS(rust, " from mod.wasm.");
    CONTAINS(rust, "WebAssembly binary version 1, 8 bytes");
    CONTAINS(rust, "93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476");   /* of \0asm 1 */
    LACKS(rust, "/mod");
    LACKS(rust, "20" "2");
    free(rust);
}
END_TEST

/* Items of element segments that only the instance knows are set by themselves. (wat2wasm refuses them.) */
START_TEST(element_items)
{
    Wasm w = w_module("1: 01 60 00 00; 2: 02 03 65 6e 76 01 68 03 70 00 03 65 6e 76 01 62 03 7f 00; 3: 01 00;"
                      "4: 02 70 00 04 70 00 04; 7: 02 01 70 01 00 01 71 01 01;"
                      "9: 02 04 41 01 0b 03 d2 00 0b 23 00 0b d0 70 0b  06 01 23 01 0b 70 02 23 00 0b d2 00 0b; 10: 01 02 00 0b");
    char *rust = rust_of(&w);

    CONTAINS(rust, "table_set(&mut module.tables.table_0, 2, module.globals.global_0)?;\n");
    CONTAINS(rust, "module.globals.global_1.wrapping_add(0),\n            module.globals.global_0,\n");
    free(rust);
}
END_TEST

START_TEST(options_show)
{
    Wasm plain = w_module(sample), canonical = w_module(sample), fuel = w_module(sample);
    HerkosOptions options = {.name = "unit", .file = "unit.wasm"};
    char *rust = rust_with(&plain, &options);

    LACKS(rust, "fuel");
    LACKS(rust, "f64_canonical");
    free(rust);
    options.fuel = true;
    rust = rust_with(&fuel, &options);
    CONTAINS(rust, "fuel_consume(");
    free(rust);
    options = (HerkosOptions){.name = "unit", .file = "unit.wasm", .canonical_nan = true};
    Subject subject = {.params = "FF", .results = "F"};
    w_hex(&subject.code, "20 00 20 01 a0 99 0b");
    w_free(&canonical);
    canonical = w_subject(&subject);
    rust = rust_with(&canonical, &options);
    CONTAINS(rust, "f64_abs(f64_canonical(l0 + l1))");
    free(rust);
}
END_TEST

static void back_to_c(void)
{
    setlocale(LC_ALL, "C");
}

Suite *suite_emit(void)
{
    Suite *suite = suite_create("emit");
    TCase *tc = tcase_create("emit");

    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, NULL, back_to_c);
    tcase_add_test(tc, constant);
    tcase_add_test(tc, constant_with_decimal_comma);
    tcase_add_loop_test(tc, shortest_floats, 0, 2);
    tcase_add_loop_test(tc, order, 0, sizeof orders / sizeof *orders);
    tcase_add_loop_test(tc, fold, 0, sizeof folds / sizeof *folds);
    tcase_add_test(tc, unreachable_code);
    tcase_add_test(tc, deterministic);
    tcase_add_test(tc, header_comment);
    tcase_add_test(tc, element_items);
    tcase_add_test(tc, options_show);
    suite_add_tcase(suite, tc);
    return suite;
}
