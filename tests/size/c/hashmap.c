/* A hash map with 64-bit keys, and a bit set. */
#include "size.h"
#include "../../e2e/c/hashmap.c"

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        sum = fold(sum, (uint32_t)map(i, 250, 40 + i));
        sum = fold(sum, bitset(i, i * 7, i * 11));
    }
    return sum;
}
