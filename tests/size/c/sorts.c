/* Quicksort with a comparison function, heap sort, merge sort, insertion sort. */
#include "size.h"
#include "../../e2e/c/sorts.c"

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++)
        for (uint32_t kind = 0; kind < 8; kind++)
            if (kind != 3) /* calls a null pointer */
                sum = fold(sum, sort(i * 32, 100 + i, kind));
    return sum;
}
