/* Jacobi's iteration on a grid of floats: the mean of the neighbours, as clang vectorises it. */
#include "vectors.h"

enum { N = 96 };
static float grid[2][N][N];

static void step(float (*restrict to)[N], float (*restrict from)[N])
{
    for (int y = 1; y < N - 1; y++)
        for (int x = 1; x < N - 1; x++)
            to[y][x] = 0.2f * (from[y][x] + from[y][x - 1] + from[y][x + 1] + from[y - 1][x] + from[y + 1][x]);
}

uint32_t run(uint32_t rounds)
{
    fill_floats(grid[0][0], 2 * N * N, 1);
    while (rounds--) {
        step(grid[1], grid[0]);
        step(grid[0], grid[1]);
    }
    return fold_bytes(0, grid, sizeof grid);
}
