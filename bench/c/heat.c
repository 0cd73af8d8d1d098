/* The heat equation in three dimensions, of floats. */
#include "bench.h"

enum { N = 32 };
typedef float Space[N][N][N];
static Space a, b;

static void step(Space from, Space to)
{
    for (int i = 1; i < N - 1; i++)
        for (int j = 1; j < N - 1; j++)
            for (int k = 1; k < N - 1; k++)
                to[i][j][k] = 0.125f * (from[i + 1][j][k] - 2 * from[i][j][k] + from[i - 1][j][k])
                              + 0.125f * (from[i][j + 1][k] - 2 * from[i][j][k] + from[i][j - 1][k])
                              + 0.125f * (from[i][j][k + 1] - 2 * from[i][j][k] + from[i][j][k - 1]) + from[i][j][k];
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            for (int k = 0; k < N; k++)
                a[i][j][k] = b[i][j][k] = (float)((i * j + k * k) % 31) / N;
    while (rounds--) {
        step(a, b);
        step(b, a);
    }
    for (int i = 0; i < N; i++)
        sum = fold_double(sum, a[i][(5 * i) % N][(7 * i) % N]);
    return sum;
}
