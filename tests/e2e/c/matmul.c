/* Matrices of doubles and of floats: product, transposition, Gaussian elimination. */
#include "e2e.h"

#define N 12
static double a[N][N], b[N][N], c[N][N];
static float f[N][N], g[N][N], h[N][N];

static double number(void) { return (double)(int32_t)random_next() / 65536.0; }

double EXPORT(matmul)(uint32_t seed, uint32_t n)
{
    double trace = 0;

    n = n % N + 1;
    random_start(seed);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < n; k++) {
            a[i][k] = number();
            b[i][k] = number() + a[i][k];
        }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < n; k++) {
            double sum = 0;
            for (uint32_t j = 0; j < n; j++)
                sum += a[i][j] * b[j][k];
            c[k][i] = sum;
        }
    for (uint32_t i = 0; i < n; i++)
        trace += c[i][i];
    return trace;
}

float EXPORT(matmulf)(uint32_t seed, float scale)
{
    float most = 0;

    random_start(seed);
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            f[i][k] = (float)number() * 0.001f;
            g[i][k] = f[i][k] - 0.5f;
        }
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            float sum = scale > 0 ? scale : 0;
            for (int j = 0; j < N; j++)
                sum += f[i][j] * g[j][k];
            h[i][k] = sum;
            if (sum > most)
                most = sum;
        }
    return most;
}

/* The determinant, with partial pivoting. */
double EXPORT(determinant)(uint32_t seed, uint32_t n)
{
    double det = 1;

    n = n % N + 1;
    random_start(seed);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < n; k++)
            c[i][k] = (double)(int32_t)(random_next() % 21 - 10);
    for (uint32_t col = 0; col < n; col++) {
        uint32_t best = col;
        for (uint32_t i = col + 1; i < n; i++)
            if (__builtin_fabs(c[i][col]) > __builtin_fabs(c[best][col]))
                best = i;
        if (c[best][col] == 0)
            return 0;
        for (uint32_t k = 0; k < n && best != col; k++) {
            double t = c[best][k];
            c[best][k] = c[col][k];
            c[col][k] = t;
        }
        det = best == col ? det * c[col][col] : -det * c[col][col];
        for (uint32_t i = col + 1; i < n; i++) {
            double factor = c[i][col] / c[col][col];
            for (uint32_t k = col; k < n; k++)
                c[i][k] -= factor * c[col][k];
        }
    }
    return det;
}
