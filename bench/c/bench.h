/* What the programs share, beyond what the kernels of tests/size do: `run`, `fold`. */
#ifndef BENCH_H
#define BENCH_H

#include "../../tests/size/c/size.h"

/* All bits of a number. Programs make no NaN, whose bits would depend on the machine. */
__attribute__((unused)) static uint32_t fold_double(uint32_t sum, double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    return fold(fold(sum, (uint32_t)bits), (uint32_t)(bits >> 32));
}

/* xorshift32; the state is not 0. */
__attribute__((unused)) static uint32_t random_from(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    return *state ^= *state << 5;
}

#endif
