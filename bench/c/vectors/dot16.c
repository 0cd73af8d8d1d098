/* Filter of samples of 16 bits: inner products with the taps, 32 at each place. */
#include "vectors.h"

enum { N = 1024, TAPS = 32 };
static int16_t samples[N + TAPS], taps[TAPS], filtered[N];

static void filter(void)
{
    for (int i = 0; i < N; i++) {
        i32x4 sums = {0};
        for (int k = 0; k < TAPS; k += 8)
            sums += dot(LOAD(i16x8, samples + i + k), LOAD(i16x8, taps + k));
        filtered[i] = (int16_t)((sums[0] + sums[1] + sums[2] + sums[3]) >> 15);
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    fill_bytes(samples, sizeof samples, 4);
    fill_bytes(taps, sizeof taps, 5);
    for (int k = 0; k < TAPS; k++)
        taps[k] /= 16;
    while (rounds--) {
        filter();
        samples[rounds % N] ^= filtered[rounds * 3 % N];
        sum = fold_bytes(sum, filtered + rounds % 16 * 64, 128);
    }
    return sum;
}
