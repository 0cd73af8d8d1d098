/* Product of matrices of doubles: C = a A B + b C. */
#include "bench.h"

enum { N = 96 };
static double a[N][N], b[N][N], c[N][N];

static void product(double alpha, double beta)
{
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < N; k++)
            c[i][k] *= beta;
        for (int j = 0; j < N; j++)
            for (int k = 0; k < N; k++)
                c[i][k] += alpha * a[i][j] * b[j][k];
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            a[i][k] = (i * k + 1) % N / (double)N;
            b[i][k] = i * (k + 1) % N / (double)N;
            c[i][k] = i * (k + 2) % N / (double)N;
        }
    while (rounds--)
        product(1.5, 0.25);
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++)
            sum = fold_double(sum, c[i][k]);
    return sum;
}
