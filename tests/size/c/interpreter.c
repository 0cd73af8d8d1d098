/* A byte-code interpreter: a stack machine with a big switch. */
#include "size.h"
#define run interpret /* its own function of this name */
#include "../../e2e/c/interpreter.c"
#undef run

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++)
        sum = fold(sum, (uint32_t)factorial((int32_t)(10 + i % 10)));
    return fold(sum, print_count);
}
