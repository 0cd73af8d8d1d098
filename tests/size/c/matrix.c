/* Matrices of integers: product, transposition, sum with saturation to 16 bits. */
#include "size.h"

enum { N = 16 };
static int32_t a[N][N], b[N][N], c[N][N];
static int16_t narrow[N][N];

static void product(void)
{
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            int32_t sum = 0;
            for (int j = 0; j < N; j++)
                sum += a[i][j] * b[j][k];
            c[i][k] = sum;
        }
}

static void transpose(int32_t m[N][N])
{
    for (int i = 0; i < N; i++)
        for (int k = 0; k < i; k++) {
            int32_t t = m[i][k];
            m[i][k] = m[k][i];
            m[k][i] = t;
        }
}

static int16_t saturate(int32_t x) { return (int16_t)(x > 32767 ? 32767 : x < -32768 ? -32768 : x); }

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            a[i][k] = (i * 7 + k * 13) % 31 - 15;
            b[i][k] = (i * 5 - k * 3) % 17;
        }
    while (rounds--) {
        product();
        transpose(b);
        for (int i = 0; i < N; i++)
            for (int k = 0; k < N; k++) {
                narrow[i][k] = saturate(narrow[i][k] + c[i][k] * 16);
                a[i][k] = narrow[i][k] % 64;
                sum = fold(sum, (uint32_t)c[i][k]);
            }
    }
    return sum;
}
