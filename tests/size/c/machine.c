/* Function pointers: a state machine over events, callbacks with context. */
#include "size.h"
#include "../../e2e/c/machine.c"

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        sum = fold(sum, (uint32_t)events(i, 280));
        sum = fold(sum, (uint32_t)visitors(i));
    }
    return sum;
}
