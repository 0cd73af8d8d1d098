/*
 * test_memory.c: memory runs out at each allocation in turn: the transpiler says so, gives nothing, and loses nothing
 * (the leak sanitizer watches).
 */
#include "unit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The linker puts these in the place of the C library's functions (--wrap in the Makefile). */
static unsigned long left = ULONG_MAX; /* allocations that succeed */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);

static bool is_granted(void)
{
    if (left == 0)
        return false;
    left--;
    return true;
}

void *__wrap_malloc(size_t size) { return is_granted() ? __real_malloc(size) : NULL; }
void *__wrap_calloc(size_t count, size_t size) { return is_granted() ? __real_calloc(count, size) : NULL; }
void *__wrap_realloc(void *old, size_t size) { return is_granted() ? __real_realloc(old, size) : NULL; }

/* Functions enough to need every arena, buffer and set of names more than once. */
static Wasm large_module(void)
{
    enum { FUNCTIONS = 2000 };
    Wasm w = {0}, types = {0}, functions = {0}, exports = {0}, code = {0};

    w_hex(&types, "01 60 01 7f 01 7f");
    w_u32(&functions, FUNCTIONS);
    w_u32(&exports, FUNCTIONS);
    w_u32(&code, FUNCTIONS);
    for (uint32_t i = 0; i < FUNCTIONS; i++) {
        char name[40];
        Wasm body = {0};
        snprintf(name, sizeof name, "function with name %lu", (unsigned long)i);
        w_u8(&functions, 0);
        w_name(&exports, name);
        w_u8(&exports, 0);
        w_u32(&exports, i);
        w_hex(&body, "20 00 41 05 6a 20 00 6c 0b");
        w_function_body(&code, "", &body);
        w_free(&body);
    }
    w_header(&w);
    w_section(&w, W_TYPE, &types);
    w_section(&w, W_FUNCTION, &functions);
    w_section(&w, W_EXPORT, &exports);
    w_section(&w, W_CODE, &code);
    return w;
}

START_TEST(each_allocation_fails)
{
    HerkosOptions options = {.name = "unit", .file = "unit.wasm", .map = true};
    Wasm w = large_module();
    HerkosResult result;
    unsigned long n = 0;

    for (;; n++) {
        left = n;
        bool done = herkos_transpile(w.bytes, w.length, &options, &result);
        left = ULONG_MAX;
        if (done)
            break;
        ck_assert_int_eq(result.diagnostic.phase, HERKOS_PHASE_MEMORY);
        CONTAINS(result.diagnostic.message, "out of memory");
        ck_assert_ptr_null(result.text);
        ck_assert_ptr_null(result.report);
        ck_assert_ptr_null(result.map);
    }
    ck_assert_uint_gt(n, 20);
    herkos_free(&result);
    w_free(&w);
}
END_TEST

Suite *suite_memory(void)
{
    Suite *suite = suite_create("memory");
    TCase *tc = tcase_create("memory");

    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, each_allocation_fails);
    suite_add_tcase(suite, tc);
    return suite;
}
