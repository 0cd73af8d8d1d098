/* Floats scaled, cut off and made bytes, and back, as clang vectorises it. */
#include "vectors.h"

enum { N = 4096 };
static float values[N];
static uint8_t levels[N];

static void quantise(float scale)
{
    for (int i = 0; i < N; i++) {
        float value = values[i] * scale + 128.5f;
        value = value < 0 ? 0 : value > 255 ? 255 : value;
        levels[i] = (uint8_t)(int)value;
    }
}

static void restore(float scale)
{
    for (int i = 0; i < N; i++)
        values[i] = ((float)levels[i] - 128) * scale;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    fill_floats(values, N, 3);
    while (rounds--) {
        quantise(150 + (float)(rounds % 8));
        sum = fold_bytes(sum, levels + rounds * 64 % N, 64);
        restore(1 / 151.0f);
    }
    return sum;
}
