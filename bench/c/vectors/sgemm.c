/* Product of matrices of floats, rows by rows, as clang vectorises it. */
#include "vectors.h"

enum { N = 64 };
static float a[N][N], b[N][N], c[N][N];

static void product(void)
{
    for (int i = 0; i < N; i++) {
        float row[N] = {0};
        for (int k = 0; k < N; k++)
            for (int j = 0; j < N; j++)
                row[j] += a[i][k] * b[k][j];
        for (int j = 0; j < N; j++)
            c[i][j] = row[j];
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    fill_floats(a[0], N * N, 1);
    fill_floats(b[0], N * N, 2);
    while (rounds--) {
        product();
        a[rounds % N][rounds / N % N] = c[0][rounds % N] / 64;
        sum = fold_bytes(sum, c[rounds % N], sizeof c[0]);
    }
    return sum;
}
