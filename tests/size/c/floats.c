/* Matrices of doubles and floats, without a floating-point unit: product and determinant. */
#include "size.h"
#include "../../e2e/c/matmul.c"

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        sum = fold(sum, (uint32_t)(int64_t)matmul(i, 7));
        sum = fold(sum, (uint32_t)(int64_t)matmulf(i, 0.5f));
        sum = fold(sum, (uint32_t)(int64_t)determinant(i, 6));
    }
    return sum;
}
