/* Product of matrices of floats by tiles of 4 by 8 that stay in vector registers: written with vector types. */
#include "vectors.h"

enum { N = 96 };
static float a[N][N], b[N][N], c[N][N];

static void tile(int i, int j)
{
    f32x4 sums[4][2] = {0};

    for (int k = 0; k < N; k++) {
        f32x4 left = LOAD(f32x4, &b[k][j]), right = LOAD(f32x4, &b[k][j + 4]);
        for (int row = 0; row < 4; row++) {
            float factor = a[i + row][k];
            sums[row][0] += left * factor;
            sums[row][1] += right * factor;
        }
    }
    for (int row = 0; row < 4; row++) {
        STORE(&c[i + row][j], sums[row][0]);
        STORE(&c[i + row][j + 4], sums[row][1]);
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    fill_floats(a[0], N * N, 1);
    fill_floats(b[0], N * N, 2);
    while (rounds--) {
        for (int i = 0; i < N; i += 4)
            for (int j = 0; j < N; j += 8)
                tile(i, j);
        a[rounds % N][rounds / N % N] = c[0][rounds % N] / 64;
        sum = fold_bytes(sum, c[rounds % N], sizeof c[0]);
    }
    return sum;
}
