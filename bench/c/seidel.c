/* Gauss and Seidel's method: nine neighbours, in place, so that each cell waits for the one before. */
#include "bench.h"

enum { N = 120 };
static double a[N][N];

static void step(void)
{
    for (int i = 1; i < N - 1; i++)
        for (int k = 1; k < N - 1; k++)
            a[i][k] = (a[i - 1][k - 1] + a[i - 1][k] + a[i - 1][k + 1] + a[i][k - 1] + a[i][k] + a[i][k + 1]
                       + a[i + 1][k - 1] + a[i + 1][k] + a[i + 1][k + 1]) / 9;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++)
            a[i][k] = (double)((i * i + 3 * k) % 97) / N;
    while (rounds--)
        step();
    for (int i = 0; i < N; i++)
        sum = fold_double(sum, a[i][(7 * i) % N]);
    return sum;
}
