/* Dynamic programming: edit distance, longest common subsequence, knapsack; the game of life. */
#include "size.h"
#include "../../e2e/c/levenshtein.c"

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        sum = fold(sum, levenshtein(i, 50, 60));
        sum = fold(sum, common(i, 60, 50));
        sum = fold(sum, (uint32_t)knapsack(i, 150));
        sum = fold(sum, life(i, 2));
    }
    return sum;
}
