/*
 * What the kernels share. Each exports functions of numbers only, makes its own input from them, bounds its own
 * work, and leaves its results in static memory, which the tests compare as a whole.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* tests/size includes kernels too: there nothing is exported, and the compiler's own memcpy is measured. */
#ifndef EXPORT
#define EXPORT(name) __attribute__((export_name(#name))) name

/* What clang calls for assignments and loops. */
__attribute__((no_builtin)) void *memcpy(void *to, const void *from, size_t n)
{
    char *t = to;
    const char *f = from;

    while (n--)
        *t++ = *f++;
    return to;
}

__attribute__((no_builtin)) void *memset(void *to, int byte, size_t n)
{
    char *t = to;

    while (n--)
        *t++ = (char)byte;
    return to;
}

__attribute__((no_builtin)) void *memmove(void *to, const void *from, size_t n)
{
    char *t = to;
    const char *f = from;

    if (t < f)
        return memcpy(to, from, n);
    while (n--)
        t[n] = f[n];
    return to;
}
#endif

static uint32_t random_state;

__attribute__((unused)) static void random_start(uint32_t seed) { random_state = seed * 2654435761u | 1; }

/* xorshift32 */
__attribute__((unused)) static uint32_t random_next(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    return random_state ^= random_state << 5;
}
