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

static void name_numbered(Wasm *names, uint32_t index)
{
    char name[40];

    snprintf(name, sizeof name, "function with name %lu", (unsigned long)index);
    w_name(names, name);
}

START_TEST(each_allocation_fails)
{
    HerkosOptions options = {.name = "unit", .file = "unit.wasm", .map = true};
    Wasm w = w_named_functions(2000, name_numbered); /* enough to need every arena, buffer and set of names again */
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
