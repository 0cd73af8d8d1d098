/* An image of bytes blurred by [1 2 1] both ways: widened to 16 bits and narrowed again, as clang vectorises it. */
#include "vectors.h"

enum { W = 192, H = 64 };
static uint8_t image[H][W], blurred[H][W];

static void blur(uint8_t (*restrict to)[W], uint8_t (*restrict from)[W])
{
    for (int y = 1; y < H - 1; y++) {
        uint16_t sums[W];
        for (int x = 0; x < W; x++)
            sums[x] = (uint16_t)(from[y - 1][x] + 2 * from[y][x] + from[y + 1][x]);
        for (int x = 1; x < W - 1; x++)
            to[y][x] = (uint8_t)((sums[x - 1] + 2 * sums[x] + sums[x + 1] + 8) >> 4);
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    fill_bytes(image, sizeof image, 5);
    while (rounds--) {
        blur(blurred, image);
        image[rounds % H][rounds % W] ^= blurred[H / 2][W / 2];
        sum = fold_bytes(sum, blurred[rounds % H], W);
    }
    return sum;
}
