/* Filters of an image of bytes: blur by a 5x5 kernel, edges (Sobel), median of 3x3, scaling to half. */
#include "bench.h"

enum { W = 160, H = 96 };
static uint8_t from[H][W], to[H][W];

static void blur(void)
{
    static const uint16_t weights[5] = {1, 4, 6, 4, 1};

    for (int y = 2; y < H - 2; y++)
        for (int x = 2; x < W - 2; x++) {
            uint32_t sum = 128;
            for (int dy = 0; dy < 5; dy++)
                for (int dx = 0; dx < 5; dx++)
                    sum += from[y + dy - 2][x + dx - 2] * (uint32_t)weights[dy] * weights[dx];
            to[y][x] = (uint8_t)(sum >> 8);
        }
}

static void edges(void)
{
    for (int y = 1; y < H - 1; y++)
        for (int x = 1; x < W - 1; x++) {
            int gx = to[y - 1][x + 1] + 2 * to[y][x + 1] + to[y + 1][x + 1] - to[y - 1][x - 1] - 2 * to[y][x - 1]
                     - to[y + 1][x - 1];
            int gy = to[y + 1][x - 1] + 2 * to[y + 1][x] + to[y + 1][x + 1] - to[y - 1][x - 1] - 2 * to[y - 1][x]
                     - to[y - 1][x + 1];
            int sum = (gx < 0 ? -gx : gx) + (gy < 0 ? -gy : gy);
            from[y][x] = (uint8_t)(sum > 255 ? 255 : sum);
        }
}

static void median(void)
{
    for (int y = 1; y < H - 1; y++)
        for (int x = 1; x < W - 1; x++) {
            uint8_t v[9];
            for (int i = 0; i < 9; i++) {
                uint8_t value = from[y + i / 3 - 1][x + i % 3 - 1];
                int k = i;
                for (; k && v[k - 1] > value; k--)
                    v[k] = v[k - 1];
                v[k] = value;
            }
            to[y][x] = v[4];
        }
}

static void halve(void)
{
    for (int y = 0; y < H / 2; y++)
        for (int x = 0; x < W / 2; x++)
            from[y][x] = (uint8_t)((to[2 * y][2 * x] + to[2 * y][2 * x + 1] + to[2 * y + 1][2 * x] +
                                    to[2 * y + 1][2 * x + 1] + 2) /
                                   4);
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 1;

    memset(to, 0, sizeof to);
    while (rounds--) {
        for (int y = 0; y < H; y++)
            for (int x = 0; x < W; x++)
                from[y][x] = (uint8_t)((x ^ y) + (x * y >> 6) + (int)(random_from(&state) >> 28));
        blur();
        edges();
        median();
        halve();
        for (int i = 0; i < H / 2; i++)
            sum = fold(sum, from[i][i * 3 % W]);
    }
    return sum;
}
