/* Matrices and vectors: rank-2 update, products with the matrix and with its transposition. */
#include "bench.h"

enum { N = 160 };
static double a[N][N], u1[N], v1[N], u2[N], v2[N], w[N], x[N], y[N];

static void update(void)
{
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++)
            a[i][k] = 0.5 * a[i][k] + u1[i] * v1[k] + u2[i] * v2[k];
}

static void products(double alpha, double beta)
{
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++)
            x[i] += beta * a[k][i] * y[k];
    for (int i = 0; i < N; i++) {
        w[i] = 0;
        for (int k = 0; k < N; k++)
            w[i] += alpha * a[i][k] * x[k];
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (int i = 0; i < N; i++) {
        u1[i] = i / (double)N;
        u2[i] = (i + 1) / (double)N / 2;
        v1[i] = (i + 2) / (double)N / 4;
        v2[i] = (i + 3) / (double)N / 6;
        y[i] = (i + 4) / (double)N / 8;
        for (int k = 0; k < N; k++)
            a[i][k] = i * k % N / (double)N;
    }
    while (rounds--) {
        for (int i = 0; i < N; i++)
            x[i] = i / (double)N / 9;
        update();
        products(1.5, 1.25);
        sum = fold_double(sum, w[rounds % N]);
    }
    return sum;
}
