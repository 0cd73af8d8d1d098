/* Filters of 16-bit samples: a FIR filter of 32 taps, two biquads in a row, a moving average, a peak detector. */
#include "size.h"

enum { SAMPLES = 256, TAPS = 32 };
static int16_t input[SAMPLES + TAPS], output[SAMPLES];
static int16_t taps[TAPS];
static struct Biquad {
    int32_t b0, b1, b2, a1, a2, x1, x2, y1, y2;
} biquads[2] = {{1024, 2048, 1024, -9000, 3000, 0, 0, 0, 0}, {4096, -8000, 4096, -7000, 3200, 0, 0, 0, 0}};

static int16_t clip(int32_t x) { return (int16_t)(x > 32767 ? 32767 : x < -32768 ? -32768 : x); }

static void fir(void)
{
    for (int i = 0; i < SAMPLES; i++) {
        int32_t sum = 1 << 14;
        for (int k = 0; k < TAPS; k++)
            sum += input[i + k] * taps[k];
        output[i] = clip(sum >> 15);
    }
}

static int32_t biquad(struct Biquad *f, int32_t x)
{
    int32_t y = (f->b0 * x + f->b1 * f->x1 + f->b2 * f->x2 - f->a1 * f->y1 - f->a2 * f->y2) >> 13;

    f->x2 = f->x1;
    f->x1 = x;
    f->y2 = f->y1;
    return f->y1 = clip(y);
}

static uint32_t detect(void)
{
    int32_t window = 0, best = -32768;
    uint32_t peaks = 0, at = 0;

    for (int i = 0; i < SAMPLES; i++) {
        window += output[i] - (i >= 8 ? output[i - 8] : 0);
        if (window / 8 > best) {
            best = window / 8;
            at = (uint32_t)i;
        }
        peaks += i && i < SAMPLES - 1 && output[i - 1] < output[i] && output[i] >= output[i + 1];
    }
    return peaks << 24 ^ at << 16 ^ (uint32_t)best;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, noise = 1;

    for (int k = 0; k < TAPS; k++)
        taps[k] = (int16_t)(k < TAPS / 2 ? 120 * k : 120 * (TAPS - k));
    while (rounds--) {
        for (int i = 0; i < SAMPLES + TAPS; i++) {
            noise = noise * 1664525u + 1013904223u;
            input[i] = (int16_t)((i % 50 - 25) * 400 + (int32_t)(noise >> 20));
        }
        fir();
        sum = fold(sum, detect());
        for (int i = 0; i < SAMPLES; i++)
            output[i] = clip(biquad(&biquads[1], biquad(&biquads[0], output[i])));
        sum = fold(sum, detect());
    }
    return sum;
}
