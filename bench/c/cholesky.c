/* Cholesky decomposition of a positive definite matrix, made as a product of a matrix and its transposition. */
#include "bench.h"

enum { N = 96 };
static double from[N][N], a[N][N];

static void make(void)
{
    for (int i = 0; i < N; i++)
        for (int k = 0; k <= i; k++) {
            double sum = i == k ? 1 : 0;
            for (int j = 0; j < N; j++)
                sum += from[i][j] * from[k][j];
            a[i][k] = sum;
        }
}

static void decompose(void)
{
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < i; k++) {
            for (int j = 0; j < k; j++)
                a[i][k] -= a[i][j] * a[k][j];
            a[i][k] /= a[k][k];
        }
        for (int j = 0; j < i; j++)
            a[i][i] -= a[i][j] * a[i][j];
        a[i][i] = __builtin_sqrt(a[i][i]);
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 1;

    while (rounds--) {
        for (int i = 0; i < N; i++)
            for (int k = 0; k < N; k++)
                from[i][k] = (double)(random_from(&state) >> 16) / 65536.0;
        make();
        decompose();
        for (int i = 0; i < N; i++)
            sum = fold_double(sum, a[i][i / 2]);
    }
    return sum;
}
