/* What a JPEG encoder does with an image: 8x8 blocks, cosine transform in integers, quantisation, zigzag, runs of zeros. */
#include "bench.h"

enum { SIZE = 128 };
static uint8_t image[SIZE][SIZE];
static int16_t block[64];
static uint8_t order[64], coded[SIZE * SIZE * 2];
static int32_t cosines[8][8]; /* scaled by 2^12 */
static uint32_t length;

static void make_tables(void)
{
    /* cos(k pi / 16), by the addition theorem */
    double c[33] = {1, 0.98078528040323043};
    int at = 0;

    for (int k = 2; k <= 32; k++)
        c[k] = 2 * c[1] * c[k - 1] - c[k - 2];
    for (int u = 0; u < 8; u++)
        for (int x = 0; x < 8; x++)
            cosines[u][x] = (int32_t)((u ? 0.5 : 0.35355339059327376) * 4096 * c[(2 * x + 1) * u % 32]);
    for (int diagonal = 0; diagonal < 15; diagonal++)
        for (int i = 0; i <= diagonal; i++) {
            int y = diagonal & 1 ? i : diagonal - i, x = diagonal - y;
            if (x < 8 && y < 8)
                order[at++] = (uint8_t)(8 * y + x);
        }
}

static void transform(void)
{
    int32_t half[64];

    for (int y = 0; y < 8; y++)
        for (int u = 0; u < 8; u++) {
            int32_t sum = 0;
            for (int x = 0; x < 8; x++)
                sum += block[8 * y + x] * cosines[u][x];
            half[8 * y + u] = sum >> 8;
        }
    for (int u = 0; u < 8; u++)
        for (int v = 0; v < 8; v++) {
            int32_t sum = 0;
            for (int y = 0; y < 8; y++)
                sum += half[8 * y + u] * cosines[v][y];
            block[8 * v + u] = (int16_t)(sum >> 16);
        }
}

static void encode(void)
{
    uint32_t zeros = 0;

    for (int i = 0; i < 64; i++) {
        int32_t value = block[order[i]] / (4 + i / 2);
        if (!value) {
            zeros++;
            continue;
        }
        coded[length++] = (uint8_t)zeros;
        coded[length++] = (uint8_t)value;
        zeros = 0;
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 1;

    make_tables();
    while (rounds--) {
        for (int y = 0; y < SIZE; y++)
            for (int x = 0; x < SIZE; x++)
                image[y][x] = (uint8_t)((x * x + y * (int)(rounds % 50)) / 64 + (int)(random_from(&state) >> 29));
        length = 0;
        for (int top = 0; top < SIZE; top += 8)
            for (int left = 0; left < SIZE; left += 8) {
                for (int i = 0; i < 64; i++)
                    block[i] = (int16_t)(image[top + i / 8][left + i % 8] - 128);
                transform();
                encode();
            }
        sum = fold(sum, length);
        for (uint32_t i = 0; i < length; i += 16)
            sum = fold(sum, coded[i]);
    }
    return sum;
}
