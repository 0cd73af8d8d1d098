/* How many pairs a strand of RNA can form (Nussinov): dynamic programming over intervals. */
#include "bench.h"

enum { N = 150 };
static int8_t strand[N];
static int32_t pairs[N][N];

static int32_t most(int32_t x, int32_t y) { return x > y ? x : y; }

static void fold_strand(void)
{
    for (int i = N - 1; i >= 0; i--)
        for (int k = i + 1; k < N; k++) {
            int32_t best = most(pairs[i][k - 1], pairs[i + 1][k]);
            int bond = strand[i] + strand[k] == 3;
            best = most(best, pairs[i + 1][k - 1] + (i < k - 1 ? bond : 0));
            for (int j = i + 1; j < k; j++)
                best = most(best, pairs[i][j] + pairs[j + 1][k]);
            pairs[i][k] = best;
        }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 1;

    while (rounds--) {
        for (int i = 0; i < N; i++)
            strand[i] = (int8_t)(random_from(&state) >> 9 & 3);
        fold_strand();
        for (int i = 0; i < N; i += 10)
            sum = fold(sum, (uint32_t)pairs[i][N - 1]);
    }
    return sum;
}
