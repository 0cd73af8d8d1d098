/* The fast Fourier transform of 1024 complex numbers, there and back, and a convolution by it. */
#include "bench.h"

enum { N = 1024 };
typedef struct Complex {
    double re, im;
} Complex;

static Complex data[N], other[N], roots[N / 2];

/* cos and sin of 2 pi / N by halving angles, the rest by multiplication. */
static void make_roots(void)
{
    double c = -1, s = 0;

    for (int n = 2; n < N; n *= 2) {
        double half = __builtin_sqrt((1 + c) / 2);
        s = n == 2 ? 1 : s / (2 * half);
        c = half;
    }
    roots[0] = (Complex){1, 0};
    for (int i = 1; i < N / 2; i++)
        roots[i] = (Complex){roots[i - 1].re * c + roots[i - 1].im * s, roots[i - 1].im * c - roots[i - 1].re * s};
}

static void transform(Complex *x, double sign)
{
    for (uint32_t i = 0, k = 0; i < N; i++) {
        if (i < k) {
            Complex t = x[i];
            x[i] = x[k];
            x[k] = t;
        }
        for (uint32_t bit = N / 2; bit && ((k ^= bit) & bit) == 0; bit /= 2)
            ;
    }
    for (int size = 2; size <= N; size *= 2)
        for (int start = 0; start < N; start += size)
            for (int i = 0; i < size / 2; i++) {
                Complex root = roots[i * (N / size)], *even = &x[start + i], *odd = even + size / 2;
                root.im *= sign;
                Complex t = {odd->re * root.re - odd->im * root.im, odd->re * root.im + odd->im * root.re};
                *odd = (Complex){even->re - t.re, even->im - t.im};
                *even = (Complex){even->re + t.re, even->im + t.im};
            }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 1;

    make_roots();
    while (rounds--) {
        for (int i = 0; i < N; i++) {
            data[i] = (Complex){(double)(random_from(&state) >> 20), 0};
            other[i] = (Complex){i < 8 ? 0.125 : 0, 0};
        }
        transform(data, 1);
        transform(other, 1);
        for (int i = 0; i < N; i++) {
            Complex x = data[i], y = other[i];
            data[i] = (Complex){(x.re * y.re - x.im * y.im) / N, (x.re * y.im + x.im * y.re) / N};
        }
        transform(data, -1);
        for (int i = 0; i < N; i += 50)
            sum = fold_double(sum, data[i].re);
    }
    return sum;
}
