/*
 * test_control.c: validate.c, instructions with a rule of their own (3.3.5 parametric and control, 3.3.6 variables):
 * each case is a body that is accepted, or refused with exactly that message, at the opcode that `at` counts bytes to.
 */
#include "unit.h"

#include <string.h>

typedef struct Body {
    const char *params, *results, *locals, *code;
    const char *message;   /* NULL: accepted */
    int at;                /* offset of the error in the code */
} Body;

#define MISMATCH "function 1: type mismatch: "

static const Body bodies[] = {
    /* nop, drop, end */
    {"", "", "", "0b", NULL, 0},
    {"", "", "", "01 01 0b", NULL, 0},
    {"", "i", "", "41 00 0b", NULL, 0},
    {"", "i", "", "0b", MISMATCH "expected i32, found nothing [end]", 0},
    {"", "", "", "41 00 0b", MISMATCH "the block leaves more than its results on the stack, by 1 [end]", 2},
    {"", "iI", "", "41 00 42 00 0b", NULL, 0},
    {"", "iI", "", "42 00 41 00 0b", MISMATCH "expected i64, found i32 [end]", 4},
    {"", "", "", "41 00 1a 0b", NULL, 0},
    {"", "", "", "44 00 00 00 00 00 00 00 00 1a 0b", NULL, 0},
    {"", "", "", "1a 0b", MISMATCH "expected a value, found nothing [drop]", 0},
    {"", "", "", "00 1a 0b", NULL, 0},
    {"", "", "", "02 40 1a 0b 0b", MISMATCH "expected a value, found nothing [drop]", 2},

    /* select: two of one type and a condition */
    {"", "i", "", "41 00 41 00 41 00 1b 0b", NULL, 0},
    {"", "F", "F", "20 00 20 00 41 00 1b 0b", NULL, 0},
    {"", "i", "", "41 00 42 00 41 00 1b 0b", MISMATCH "select between i32 and i64", 6},
    {"", "i", "", "41 00 41 00 42 00 1b 0b", MISMATCH "expected i32, found i64 [select]", 6},
    {"", "i", "", "41 00 41 00 1b 0b", MISMATCH "expected a value, found nothing [select]", 4},
    {"", "i", "", "00 1b 0b", NULL, 0},
    {"", "i", "", "00 41 00 1b 0b", NULL, 0},
    {"", "i", "", "00 42 00 41 00 1b 0b", MISMATCH "expected i32, found i64 [end]", 6},
    {"", "i", "", "00 41 00 42 00 41 00 1b 0b", MISMATCH "select between i32 and i64", 7},
    {"", "I", "", "42 00 42 00 41 00 1c 01 7e 0b", NULL, 0},
    {"", "I", "", "42 00 41 00 41 00 1c 01 7e 0b", MISMATCH "expected i64, found i32 [select]", 6},

    /* locals */
    {"iIfF", "F", "i", "20 03 0b", NULL, 0},
    {"i", "", "I", "42 01 21 01 0b", NULL, 0},
    {"i", "I", "I", "42 01 22 01 0b", NULL, 0},
    {"i", "", "I", "41 01 21 01 0b", MISMATCH "expected i64, found i32 [local.set]", 2},
    {"i", "I", "I", "41 01 22 01 0b", MISMATCH "expected i64, found i32 [local.tee]", 2},
    {"i", "", "", "21 00 0b", MISMATCH "expected i32, found nothing [local.set]", 0},
    {"i", "i", "", "22 00 0b", MISMATCH "expected i32, found nothing [local.tee]", 0},
    {"i", "i", "I", "20 01 0b", MISMATCH "expected i32, found i64 [end]", 2},
    {"i", "i", "I", "20 02 0b", "function 1: unknown local 2 [local.get]", 0},
    {"", "i", "", "20 00 0b", "function 1: unknown local 0 [local.get]", 0},
    {"i", "", "", "41 00 21 01 0b", "function 1: unknown local 1 [local.set]", 2},
    {"i", "", "", "41 00 22 ff ff ff ff 0f 0b", "function 1: unknown local 4294967295 [local.tee]", 2},

    /* globals: 0 imported const i32; 1 to 4 mutable i32 i64 f32 f64; 5 const f64 */
    {"", "i", "", "23 00 0b", NULL, 0},
    {"", "F", "", "23 04 0b", NULL, 0},
    {"", "", "", "42 00 24 02 0b", NULL, 0},
    {"", "i", "", "23 05 0b", MISMATCH "expected i32, found f64 [end]", 2},
    {"", "", "", "41 00 24 02 0b", MISMATCH "expected i64, found i32 [global.set]", 2},
    {"", "", "", "24 01 0b", MISMATCH "expected i32, found nothing [global.set]", 0},
    {"", "", "", "41 00 24 00 0b", "function 1: global is immutable: global 0 [global.set]", 2},
    {"", "", "F", "20 00 24 05 0b", "function 1: global is immutable: global 5 [global.set]", 2},
    {"", "i", "", "23 06 0b", "function 1: unknown global 6 [global.get]", 0},
    {"", "", "", "00 24 07 0b", "function 1: unknown global 7 [global.set]", 1},

    /* block, loop, if: results and parameters; type 2 is i -> i, 1 () -> i */
    {"", "i", "", "02 7f 41 01 0b 0b", NULL, 0},
    {"", "i", "", "03 7f 41 01 0b 0b", NULL, 0},
    {"", "i", "", "41 05 02 02 41 01 6a 0b 0b", NULL, 0},
    {"", "i", "", "41 05 03 02 41 01 6a 0b 0b", NULL, 0},
    {"", "i", "", "41 05 41 01 04 02 41 01 6a 0b 0b", NULL, 0},
    {"", "i", "", "41 01 04 7f 41 01 05 41 02 0b 0b", NULL, 0},
    {"", "", "", "41 01 04 40 0b 0b", NULL, 0},
    {"", "i", "", "02 01 41 07 0b 0b", NULL, 0},
    {"", "", "", "02 7f 0b 1a 0b", MISMATCH "expected i32, found nothing [end]", 2},
    {"", "", "", "02 7f 42 00 0b 1a 0b", MISMATCH "expected i32, found i64 [end]", 4},
    {"", "", "", "02 40 41 00 0b 0b", MISMATCH "the block leaves more than its results on the stack, by 1 [end]", 4},
    {"", "i", "", "41 00 02 40 0b 0b", NULL, 0},
    {"", "i", "", "02 02 0b 0b", MISMATCH "expected i32, found nothing [block]", 0},
    {"", "i", "", "42 00 02 02 0b 0b", MISMATCH "expected i32, found i64 [block]", 2},
    {"", "i", "", "42 00 03 02 0b 0b", MISMATCH "expected i32, found i64 [loop]", 2},
    {"", "", "", "04 40 0b 0b", MISMATCH "expected i32, found nothing [if]", 0},
    {"", "", "", "42 00 04 40 0b 0b", MISMATCH "expected i32, found i64 [if]", 2},
    {"", "i", "", "41 01 04 7f 41 01 0b 0b", MISMATCH "if without else must leave the values that it takes", 6},
    {"", "i", "", "41 01 04 7f 41 01 05 0b 0b", MISMATCH "expected i32, found nothing [end]", 7},
    {"", "i", "", "41 01 04 7f 05 41 01 0b 0b", MISMATCH "expected i32, found nothing [else]", 4},
    {"", "i", "", "41 01 04 7f 41 01 05 42 01 0b 0b", MISMATCH "expected i32, found i64 [end]", 9},
    {"", "", "", "02 40 05 0b 0b", "function 1: else without if", 2},
    {"", "", "", "41 00 04 40 05 05 0b 0b", "function 1: else without if", 5},
    {"", "", "", "05 0b", "function 1: else without if", 0},
    {"", "", "", "02 09 0b 0b", "function 1: unknown type 9 [block]", 0},
    {"", "", "", "00 03 85 01 0b 0b", "function 1: unknown type 133 [loop]", 1},

    /* br, br_if, return: a loop's label takes its parameters */
    {"", "", "", "02 40 0c 00 0b 0b", NULL, 0},
    {"", "", "", "02 40 0c 01 0b 0b", NULL, 0},
    {"", "", "", "02 40 0c 02 0b 0b", "function 1: unknown label 2 [br]", 2},
    {"", "", "", "41 00 0d 01 0b", "function 1: unknown label 1 [br_if]", 2},
    {"", "", "", "41 00 0e 01 00 01 0b", "function 1: unknown label 1 [br_table]", 2},
    {"", "i", "", "02 7f 41 01 0c 00 0b 0b", NULL, 0},
    {"", "i", "", "02 7f 0c 00 0b 0b", MISMATCH "expected i32, found nothing [br]", 2},
    {"", "i", "", "02 7f 42 01 0c 00 0b 0b", MISMATCH "expected i32, found i64 [br]", 4},
    {"", "i", "", "42 01 41 05 41 01 0c 00 0b", NULL, 0},
    {"", "", "", "03 40 0c 00 0b 0b", NULL, 0},
    {"", "i", "", "03 7f 0c 00 0b 0b", NULL, 0},
    {"", "i", "", "41 01 03 02 0c 00 0b 0b", NULL, 0},
    {"", "i", "", "41 01 03 02 1a 0c 00 0b 0b", MISMATCH "expected i32, found nothing [br]", 5},
    {"", "i", "", "02 7f 41 01 41 00 0d 00 0b 0b", NULL, 0},
    {"", "i", "", "02 7f 41 00 0d 00 0b 0b", MISMATCH "expected i32, found nothing [br_if]", 4},
    {"", "", "", "0d 00 0b", MISMATCH "expected i32, found nothing [br_if]", 0},
    {"", "", "", "42 00 0d 00 0b", MISMATCH "expected i32, found i64 [br_if]", 2},
    {"", "", "", "02 7f 41 01 41 00 0d 00 0b 0b",
     MISMATCH "the block leaves more than its results on the stack, by 1 [end]", 9},
    {"", "i", "", "41 01 0f 0b", NULL, 0},
    {"", "i", "", "0f 0b", MISMATCH "expected i32, found nothing [return]", 0},
    {"", "i", "", "02 40 42 01 0f 0b 00 0b", MISMATCH "expected i32, found i64 [return]", 4},
    {"", "iI", "", "41 01 42 01 0f 0b", NULL, 0},
    {"", "iI", "", "42 01 0f 0b", MISMATCH "expected i32, found nothing [return]", 2},

    /* br_table: targets of one arity, each type checked */
    {"i", "", "", "02 40 02 40 20 00 0e 02 00 01 02 0b 0b 0b", NULL, 0},
    {"i", "i", "", "02 7f 41 07 20 00 0e 01 00 01 0b 0b", NULL, 0},
    {"i", "i", "", "02 40 41 07 20 00 0e 01 00 01 0b 00 0b", MISMATCH "targets of different arity [br_table]", 6},
    {"i", "", "", "02 7e 02 7f 41 07 20 00 0e 01 00 01 0b 1a 00 0b 1a 0b",
     MISMATCH "expected i64, found i32 [br_table]", 8},
    {"i", "", "", "02 7f 20 00 0e 00 00 0b 1a 0b", MISMATCH "expected i32, found nothing [br_table]", 4},
    {"", "", "", "42 00 0e 00 00 0b", MISMATCH "expected i32, found i64 [br_table]", 2},
    {"i", "", "", "02 7e 02 7f 00 20 00 0e 01 00 01 0b 1a 00 0b 1a 0b", NULL, 0},    /* any type fits both */
    {"i", "", "", "02 7e 02 7f 00 41 01 20 00 0e 01 00 01 0b 1a 00 0b 1a 0b",
     MISMATCH "expected i64, found i32 [br_table]", 9},

    /* unreachable code: the stack is polymorphic, but what is pushed there has its type */
    {"", "i", "", "00 0b", NULL, 0},
    {"", "iIfF", "", "00 0b", NULL, 0},
    {"", "i", "", "00 42 00 0b", MISMATCH "expected i32, found i64 [end]", 3},
    {"", "", "", "00 41 00 0b", MISMATCH "the block leaves more than its results on the stack, by 1 [end]", 3},
    {"", "i", "", "00 41 00 41 00 0b", MISMATCH "the block leaves more than its results on the stack, by 1 [end]", 5},
    {"", "i", "", "02 40 00 0b 0b", MISMATCH "expected i32, found nothing [end]", 4},
    {"", "i", "", "00 02 7f 0b 0b", MISMATCH "expected i32, found nothing [end]", 3},
    {"", "", "", "0f 6a 1a 0b", NULL, 0},
    {"", "", "", "0f 42 00 6a 1a 0b", MISMATCH "expected i32, found i64 [i32.add]", 3},
    {"", "i", "", "41 00 04 7f 00 05 41 00 0b 0b", NULL, 0},
    {"", "", "", "0c 00 0d 00 0b", NULL, 0},
    {"", "i", "", "02 7f 00 0d 00 0b 0b", NULL, 0},
    {"", "", "", "02 7f 00 0d 00 1a 42 00 0b 1a 0b", MISMATCH "expected i32, found i64 [end]", 8},

    /* call of function 0, iI -> Fi, and of the function itself; call_indirect of type 3 */
    {"", "Fi", "", "41 00 42 00 10 00 0b", NULL, 0},
    {"", "Fi", "", "42 00 10 00 0b", MISMATCH "expected i32, found nothing [call]", 2},
    {"", "Fi", "", "42 00 41 00 10 00 0b", MISMATCH "expected i64, found i32 [call]", 4},
    {"", "", "", "10 01 0b", NULL, 0},
    {"", "", "", "10 02 0b", "function 1: unknown function 2 [call]", 0},
    {"", "Fi", "", "41 00 42 00 41 00 11 03 00 0b", NULL, 0},
    {"", "Fi", "", "41 00 42 00 11 03 00 0b", MISMATCH "expected i32, found i64 [call_indirect]", 4},
    {"", "Fi", "", "41 00 41 00 41 00 11 03 00 0b", MISMATCH "expected i64, found i32 [call_indirect]", 6},
    {"", "", "", "41 00 11 05 00 0b", "function 1: unknown type 5 [call_indirect]", 2},
    {"", "", "", "41 00 11 00 01 0b", "function 1: unknown table 1 [call_indirect]", 2},

    /* segments: two of data */
    {"", "", "", "fc 09 01 0b", NULL, 0},
    {"", "", "", "fc 09 02 0b", "function 1: unknown data segment 2 [data.drop]", 0},
    {"", "", "", "41 00 41 00 41 00 fc 08 02 00 0b", "function 1: unknown data segment 2 [memory.init]", 6},

    /* the end of the body */
    {"", "", "", "01", "function 1: unexpected end: END opcode expected", 1},
    {"", "", "", "02 40 0b", "function 1: unexpected end: END opcode expected", 3},
    {"", "", "", "0b 0b", "function 1: section size mismatch: the body goes on after its end", 1},
    {"", "", "", "0b 01 0b", "function 1: section size mismatch: the body goes on after its end", 1},
};

static bool is_malformed(const char *message)
{
    return strstr(message, "unexpected end") || strstr(message, "section size mismatch");
}

START_TEST(body)
{
    const Body *b = &bodies[_i];
    Subject subject = {.params = b->params, .results = b->results, .locals = b->locals};

    w_hex(&subject.code, b->code);
    Wasm w = w_subject(&subject);
    if (b->message)
        refuse(&w, is_malformed(b->message) ? HERKOS_PHASE_DECODE : HERKOS_PHASE_VALIDATE,
               subject.code_at + (size_t)b->at, b->message);
    else
        accept(&w);
}
END_TEST

/* Appendix A.1 leaves limits to the implementation: past them a module is refused, not crashed on. */
START_TEST(deep_nesting)
{
    static const unsigned depths[] = {100, 400, 1600, 5000, 200000}; /* 1600: more ifs than rustc survives */
    Subject subject = {0};

    for (unsigned i = 0; i < depths[_i]; i++)
        w_hex(&subject.code, i % 3 == 0 ? "02 40" : i % 3 == 1 ? "03 40" : "41 01 04 40");
    for (unsigned i = 0; i <= depths[_i]; i++)
        w_hex(&subject.code, "0b");
    Wasm w = w_subject(&subject);
    if (depths[_i] <= 400) {
        accept(&w);
        return;
    }
    HerkosOptions options = {.name = "unit", .file = "unit.wasm"};
    HerkosResult result;
    ck_assert(!herkos_transpile(w.bytes, w.length, &options, &result));
    CONTAINS(result.diagnostic.message, "function 1: blocks nested more than ");
    ck_assert_int_eq(result.diagnostic.phase, HERKOS_PHASE_UNSUPPORTED);
    w_free(&w);
}
END_TEST

/* The limit counts the body itself. Blocks around nothing do not come into the output, which has a lower one. */
START_TEST(nesting_limit)
{
    const unsigned most = 3999;
    Subject subject = {0};

    for (unsigned i = 0; i < most + (unsigned)_i; i++)
        w_hex(&subject.code, "02 40");
    for (unsigned i = 0; i <= most + (unsigned)_i; i++)
        w_hex(&subject.code, "0b");
    Wasm w = w_subject(&subject);
    if (_i == 0)
        accept(&w);
    else
        refuse(&w, HERKOS_PHASE_UNSUPPORTED, subject.code_at + 2 * most,
               "function 1: blocks nested more than 4000 deep are not supported");
}
END_TEST

/* A long chain of operations is one deep tree if nobody cuts it. */
START_TEST(deep_expression)
{
    Subject subject = {.results = "i", .params = "i"};

    w_hex(&subject.code, "20 00");
    for (unsigned i = 0; i < 60000; i++)
        w_hex(&subject.code, _i == 0 ? "41 07 6a" : _i == 1 ? "45" : "20 00");
    for (unsigned i = 0; _i == 2 && i < 60000; i++)
        w_hex(&subject.code, "6a");
    w_hex(&subject.code, "0b");
    Wasm w = w_subject(&subject);
    accept(&w);
}
END_TEST

START_TEST(many_operands)
{
    Subject subject = {0};

    for (unsigned i = 0; i < 200000; i++)
        w_hex(&subject.code, "41 07");
    w_hex(&subject.code, "00 0b");
    Wasm w = w_subject(&subject);
    refuse(&w, HERKOS_PHASE_UNSUPPORTED, subject.code_at + 200000,
           "function 1: more than 100000 operands on the stack are not supported");
}
END_TEST

Suite *suite_control(void)
{
    Suite *suite = suite_create("control");
    TCase *tc = tcase_create("bodies");

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, body, 0, sizeof bodies / sizeof *bodies);
    tcase_add_loop_test(tc, deep_nesting, 0, 5);
    tcase_add_loop_test(tc, nesting_limit, 0, 2);
    tcase_add_loop_test(tc, deep_expression, 0, 3);
    tcase_add_test(tc, many_operands);
    suite_add_tcase(suite, tc);
    return suite;
}
