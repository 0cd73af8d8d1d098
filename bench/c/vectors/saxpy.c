/* y = a x + y over floats, as clang vectorises it. */
#include "vectors.h"

enum { N = 2048 };
static float x[N], y[N];

__attribute__((noinline)) static void saxpy(float a, const float *restrict from, float *restrict to, int n)
{
    for (int i = 0; i < n; i++)
        to[i] += a * from[i];
}

uint32_t run(uint32_t rounds)
{
    fill_floats(x, N, 1);
    fill_floats(y, N, 2);
    for (uint32_t i = 0; i < rounds; i++)
        saxpy(i % 2 ? -0.75f : 0.5f, x, y, N);
    return fold_bytes(0, y, sizeof y);
}
