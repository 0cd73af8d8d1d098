/* A layer of a quantised neural network: inner products of signed bytes, as clang vectorises them, and the next layer's bytes. */
#include "vectors.h"

enum { N = 128 };
static int8_t weights[N][N], input[N], output[N];

static void layer(void)
{
    for (int i = 0; i < N; i++) {
        int32_t sum = 0;
        for (int k = 0; k < N; k++)
            sum += weights[i][k] * input[k];
        sum = (sum + 512) >> 10;
        output[i] = (int8_t)(sum < -128 ? -128 : sum > 127 ? 127 : sum);
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    fill_bytes(weights, sizeof weights, 6);
    fill_bytes(input, sizeof input, 7);
    while (rounds--) {
        layer();
        sum = fold_bytes(sum, output, N);
        for (int i = 0; i < N; i++)
            input[i] = (int8_t)(output[i] ^ (int8_t)(i * 5 + (int)rounds));
    }
    return sum;
}
