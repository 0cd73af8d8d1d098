/* The largest singular value of an infinite matrix whose elements are computed, by power iteration. */
#include "bench.h"

enum { N = 120 };
static double u[N], v[N], t[N];

static double element(int i, int k) { return 1.0 / ((i + k) * (i + k + 1) / 2 + i + 1); }

static void times(const double *x, double *y)
{
    for (int i = 0; i < N; i++) {
        double sum = 0;
        for (int k = 0; k < N; k++)
            sum += element(i, k) * x[k];
        y[i] = sum;
    }
}

static void times_transposed(const double *x, double *y)
{
    for (int i = 0; i < N; i++) {
        double sum = 0;
        for (int k = 0; k < N; k++)
            sum += element(k, i) * x[k];
        y[i] = sum;
    }
}

uint32_t run(uint32_t rounds)
{
    double uv = 0, vv = 0;

    for (int i = 0; i < N; i++)
        u[i] = 1;
    while (rounds--) {
        times(u, t);
        times_transposed(t, v);
        times(v, t);
        times_transposed(t, u);
    }
    for (int i = 0; i < N; i++) {
        uv += u[i] * v[i];
        vv += v[i] * v[i];
    }
    return fold_double(0, __builtin_sqrt(uv / vv));
}
