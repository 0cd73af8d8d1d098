/*
 * unit.c: helpers of the unit tests; see unit.h.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fixture_begin(Fixture *fx)
{
    memset(fx, 0, sizeof *fx);
    fx->ctx.diagnostic = &fx->diagnostic;
    fx->ctx.arena.ctx = fx->ctx.scratch.ctx = &fx->ctx;
}

void fixture_end(Fixture *fx)
{
    hk_arena_free(&fx->ctx.arena);
    hk_arena_free(&fx->ctx.scratch);
}

bool fixture_raises(Fixture *fx, void (*run)(void *), void *argument)
{
    if (setjmp(fx->ctx.catch) != 0)
        return true;
    run(argument);
    return false;
}

char *rust_with(Wasm *module, const HerkosOptions *options)
{
    HerkosResult result;

    ck_assert_msg(herkos_transpile(module->bytes, module->length, options, &result), "refused at 0x%lx: %s",
                  (unsigned long)result.diagnostic.offset, result.diagnostic.message);
    ck_assert_uint_eq(strlen(result.text), result.text_length);
    ck_assert_uint_eq(strlen(result.report), result.report_length);
    ck_assert_uint_eq(strlen(result.warnings), result.warnings_length);
    char *text = result.text;
    result.text = NULL;
    herkos_free(&result);
    w_free(module);
    return text;
}

char *rust_of(Wasm *module)
{
    HerkosOptions options = {.name = "unit", .file = "unit.wasm"};

    return rust_with(module, &options);
}

void accept(Wasm *module)
{
    free(rust_of(module));
}

void refuse(Wasm *module, HerkosPhase phase, size_t offset, const char *message)
{
    HerkosOptions options = {.name = "unit", .file = "unit.wasm"};
    HerkosResult result;
    bool accepted = herkos_transpile(module->bytes, module->length, &options, &result);

    if (accepted)
        herkos_free(&result);
    ck_assert_msg(!accepted, "accepted, but expected: %s", message);
    ck_assert_str_eq(result.diagnostic.message, message);
    ck_assert_int_eq(result.diagnostic.phase, phase);
    if (offset != HERE)
        ck_assert_uint_eq(result.diagnostic.offset, offset);
    ck_assert_ptr_null(result.text);
    ck_assert_ptr_null(result.report);
    ck_assert_ptr_null(result.warnings);
    w_free(module);
}
