/* Brightness of pixels of four bytes, as clang vectorises it: lanes far apart, weighted. */
#include "vectors.h"

enum { N = 4096 };
static uint8_t pixels[N][4], grey[N];

static void luma(uint8_t *restrict to, const uint8_t (*restrict from)[4])
{
    for (int i = 0; i < N; i++)
        to[i] = (uint8_t)((77 * from[i][0] + 150 * from[i][1] + 29 * from[i][2] + 128) >> 8);
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    fill_bytes(pixels, sizeof pixels, 9);
    while (rounds--) {
        luma(grey, (const uint8_t(*)[4])pixels);
        pixels[rounds % N][rounds % 3] ^= grey[rounds * 7 % N];
        sum = fold_bytes(sum, grey + rounds * 64 % N, 64);
    }
    return sum;
}
