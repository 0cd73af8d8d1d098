/* A priority queue, shortest paths, and an allocator with a free list. */
#include "size.h"
#include "../../e2e/c/heap.c"

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        sum = fold(sum, (uint32_t)shortest(i, i, 9));
        sum = fold(sum, allocator(i, 150) == 0); /* the number itself depends on the size of pointers */
    }
    return sum;
}
