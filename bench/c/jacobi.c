/* Jacobi's method in two dimensions: each cell becomes the mean of itself and its four neighbours, in another array. */
#include "bench.h"

enum { N = 120 };
static double a[N][N], b[N][N];

static void step(double from[N][N], double to[N][N])
{
    for (int i = 1; i < N - 1; i++)
        for (int k = 1; k < N - 1; k++)
            to[i][k] = 0.2 * (from[i][k] + from[i][k - 1] + from[i][k + 1] + from[i + 1][k] + from[i - 1][k]);
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++)
            a[i][k] = b[i][k] = (double)((i * i + 3 * k) % 97) / N;
    while (rounds--) {
        step(a, b);
        step(b, a);
    }
    for (int i = 0; i < N; i++)
        sum = fold_double(sum, a[i][(7 * i) % N]);
    return sum;
}
