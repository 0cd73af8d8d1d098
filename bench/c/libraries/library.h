/* What the programs around libraries share, beside `run` and `fold`: input, and giving up. */
#ifndef LIBRARY_H
#define LIBRARY_H

#include "../bench.h"
#include <string.h>

/* Words of a made-up language, the common ones often, in lines: what compressors are made for. */
__attribute__((unused)) static void write_text(uint8_t *text, uint32_t size, uint32_t seed)
{
    static const char syllables[16][4] = {"ka",  "lo", "men", "ti", "sur", "e",   "van", "do",
                                          "pri", "an", "us",  "ge", "ro",  "shi", "o",   "bal"};
    uint32_t at = 0, column = 0;

    while (at < size) {
        uint32_t r = random_from(&seed), word = (r >> 8 & 255) * (r >> 16 & 255) >> 6;
        for (uint32_t i = 0; i <= word % 3; i++)
            for (const char *s = syllables[(word >> 2 * i) % 16]; *s && at < size; s++, column++)
                text[at++] = (uint8_t)*s;
        if (at < size)
            text[at++] = column > 70 ? '\n' : r >> 28 ? ' ' : ',';
        if (column > 70)
            column = 0;
    }
}

/* The sum of a block: every engine must have the same. */
__attribute__((unused)) static uint32_t fold_bytes(uint32_t sum, const uint8_t *bytes, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++)
        sum = fold(sum, bytes[i]);
    return sum;
}

/* Something that cannot go wrong went wrong. */
#define CHECK(good)           \
    do                        \
        if (!(good))          \
            __builtin_trap(); \
    while (0)

#endif
