/* Where a block of a picture was in the one before: sums of absolute differences of bytes, as clang vectorises them. */
#include "vectors.h"

enum { W = 80, H = 48, BLOCK = 16 };
static uint8_t before[H][W], now[H][W];

static uint32_t difference(const uint8_t *a, const uint8_t *b)
{
    uint32_t sum = 0;

    for (int y = 0; y < BLOCK; y++, a += W, b += W)
        for (int x = 0; x < BLOCK; x++) {
            int d = a[x] - b[x];
            sum += (uint32_t)(d < 0 ? -d : d);
        }
    return sum;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    fill_bytes(before, sizeof before, 1);
    fill_bytes(now, sizeof now, 2);
    while (rounds--) {
        uint32_t best = UINT32_MAX, place = 0;
        for (int y = 0; y <= H - BLOCK; y++)
            for (int x = 0; x <= W - BLOCK; x += 3) {
                uint32_t d = difference(&before[y][x], &now[16][32]);
                if (d < best) {
                    best = d;
                    place = (uint32_t)(y * W + x);
                }
            }
        sum = fold(fold(sum, best), place);
        now[16 + rounds % 16][32 + rounds / 16 % 16] ^= (uint8_t)place;
    }
    return sum;
}
