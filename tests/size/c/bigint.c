/* Numbers of 512 bits: powers, decimal digits; powers modulo a 64-bit number. */
#include "size.h"
#include "../../e2e/c/bigint.c"

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        sum = fold(sum, power_digits(3 + i, 13 + i));
        sum = fold(sum, (uint32_t)power_mod(i + 2, 1000 + i, 0xffffffff00000001u));
    }
    return sum;
}
