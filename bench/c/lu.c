/* A linear system: LU decomposition with partial pivoting, and solving for many right-hand sides. */
#include "bench.h"

enum { N = 80 };
static double a[N][N], b[N], x[N];
static int rows[N];

static void fill(uint32_t seed)
{
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++)
            a[i][k] = (double)(random_from(&seed) >> 12) / 1048576.0 - 0.5;
}

static void decompose(void)
{
    for (int i = 0; i < N; i++)
        rows[i] = i;
    for (int col = 0; col < N; col++) {
        int pivot = col;
        for (int i = col + 1; i < N; i++)
            if (__builtin_fabs(a[rows[i]][col]) > __builtin_fabs(a[rows[pivot]][col]))
                pivot = i;
        int t = rows[col];
        rows[col] = rows[pivot];
        rows[pivot] = t;
        const double *top = a[rows[col]];
        for (int i = col + 1; i < N; i++) {
            double *row = a[rows[i]], factor = row[col] / top[col];
            row[col] = factor;
            for (int k = col + 1; k < N; k++)
                row[k] -= factor * top[k];
        }
    }
}

static void solve(void)
{
    for (int i = 0; i < N; i++) {
        double sum = b[rows[i]];
        for (int k = 0; k < i; k++)
            sum -= a[rows[i]][k] * x[k];
        x[i] = sum;
    }
    for (int i = N - 1; i >= 0; i--) {
        double sum = x[i];
        for (int k = i + 1; k < N; k++)
            sum -= a[rows[i]][k] * x[k];
        x[i] = sum / a[rows[i]][i];
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    while (rounds--) {
        fill(rounds + 1);
        decompose();
        for (int side = 0; side < 10; side++) {
            for (int i = 0; i < N; i++)
                b[i] = (double)((i * side + 3) % 17);
            solve();
            sum = fold_double(sum, x[side]);
        }
    }
    return sum;
}
