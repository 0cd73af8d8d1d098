/*
 * check.c: herkos-c's promises for hostile input. The sanitizers see to memory and arithmetic; here
 * are the others: a refused module leaves a diagnostic and nothing else, the output depends on the
 * input alone, memory and output are linear in it, and nothing is left allocated.
 */
#include "check.h"

#include <herkos.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of AddressSanitizer; gcc has them without the header. */
int __sanitizer_install_malloc_and_free_hooks(void (*allocated)(const volatile void *, size_t),
                                              void (*freed)(const volatile void *));
size_t __sanitizer_get_allocated_size(const volatile void *place);

/* Bounds that honest and hostile input stays below; the bases are what an empty module needs,
 * rounded up. The replay prints how near the inputs came. */
enum { MEMORY_BASE = 1 << 20, MEMORY_PER_BYTE = 1500, TEXT_BASE = 8 << 10, TEXT_PER_BYTE = 600 };

static size_t most_memory, most_text; /* a byte of input */

static void broken(const char *promise)
{
    fprintf(stderr, "broken promise: %s\n", promise);
    abort();
}

/* ---- memory ---- */

static size_t live, peak;

static void allocated(const volatile void *place, size_t size)
{
    (void)place;
    (void)size;
    /* What the allocator rounded up to, so that the two hooks agree. */
    live += __sanitizer_get_allocated_size(place);
    if (live > peak)
        peak = live;
}

static void freed(const volatile void *place)
{
    size_t size = place ? __sanitizer_get_allocated_size(place) : 0;

    live = size < live ? live - size : 0;
}

/* ---- options ---- */

/* Nearly all combinations come up, and a file always gets the same one. */
static HerkosOptions options_for(const uint8_t *bytes, size_t length)
{
    uint32_t hash = 2166136261u;
    HerkosOptions options = {.name = "input", .file = "input.wasm"};

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ bytes[i]) * 16777619u;
    hash ^= hash >> 16;
    options.fuel = hash & 1;
    options.trace = hash & 128;
    options.map = hash & 256;
    options.canonical_nan = hash & 2;
    options.opaque_memory = (hash & 12) == 12;
    options.plain_counters = (hash & 12) == 8;
    options.unrolled_loops = (hash & 12) == 4;
    options.max_pages = hash & 16 ? 1 + (hash >> 8 & 31) : 0;
    options.max_memory = hash & 32 ? 1 + (hash >> 8 & 0x3ffff) : 0;
    options.max_stack = hash & 64 ? 1 + (hash >> 8 & 0xffff) : 0;
    options.part_bytes = hash & 512 ? 1 + (hash >> 8 & 0xfff) : 0;
    return options;
}

/* ---- promises ---- */

static size_t per_byte(size_t used, size_t base, size_t length)
{
    return used > base && length ? (used - base) / length : 0;
}

static void check_refused(const HerkosResult *result, size_t length)
{
    const HerkosDiagnostic *d = &result->diagnostic;

    if (result->text || result->report || result->warnings || result->map)
        broken("a refused module leaves no output");
    if (d->phase == HERKOS_PHASE_NONE || !d->message[0])
        broken("a refusal says why");
    if (d->offset > length)
        broken("the offset of an error lies in the input");
    if (!memchr(d->message, 0, sizeof d->message))
        broken("a message ends");
    for (const char *c = d->message; *c; c++)
        if (*c < ' ' || *c > '~')
            broken("a message is one line of ASCII");
}

static void check_accepted(const HerkosResult *result, size_t length)
{
    if (strlen(result->text) != result->text_length ||
        strlen(result->report) != result->report_length ||
        strlen(result->warnings) != result->warnings_length ||
        (result->map && strlen(result->map) != result->map_length))
        broken("the texts have the lengths that are given");
    size_t text = per_byte(result->text_length, TEXT_BASE, length);
    most_text = text > most_text ? text : most_text;
    if (text > TEXT_PER_BYTE)
        broken("the output is linear in the input");
}

static void check_again(const uint8_t *bytes, size_t length, const HerkosOptions *options,
                        const HerkosResult *first)
{
    HerkosResult second;

    if (!herkos_transpile(bytes, length, options, &second) ||
        second.text_length != first->text_length || strcmp(second.text, first->text) != 0 ||
        strcmp(second.report, first->report) != 0)
        broken("the same input gives the same output");
    herkos_free(&second);
}

void check(const uint8_t *bytes, size_t length)
{
    static bool hooked;
    HerkosOptions options = options_for(bytes, length);
    HerkosResult result;

    if (!hooked)
        __sanitizer_install_malloc_and_free_hooks(allocated, freed);
    hooked = true;
    live = peak = 0;
    bool accepted = herkos_transpile(bytes, length, &options, &result);
    size_t memory = per_byte(peak, MEMORY_BASE, length);
    most_memory = memory > most_memory ? memory : most_memory;
    if (memory > MEMORY_PER_BYTE)
        broken("memory is linear in the input");
    if (accepted) {
        check_accepted(&result, length);
        if (length < 4096)
            check_again(bytes, length, &options, &result);
        herkos_free(&result);
    } else {
        check_refused(&result, length);
    }
}

void check_report(void)
{
    fprintf(stderr,
            "a byte of input took at most %zu bytes of memory (of %d) and %zu of output (of %d)\n",
            most_memory, MEMORY_PER_BYTE, most_text, TEXT_PER_BYTE);
}
