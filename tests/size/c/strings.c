/* Strings: search, split, compare, sort, format and parse numbers. */
#include "size.h"
#include "../../e2e/c/strings.c"

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        sum = fold(sum, words_sorted(i, 250));
        sum = fold(sum, (uint32_t)search(i, i, 3 * i));
        sum = fold(sum, (uint32_t)number(i * 0x12345679ab, i));
    }
    return sum;
}
