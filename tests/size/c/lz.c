/* LZ77, there and back. */
#include "size.h"
#include "../../e2e/c/lz.c"

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++)
        sum = fold(sum, (uint32_t)round_trip(i, 1000 + i, 5 * i));
    return sum;
}
