/* Statistics of samples: histograms of bytes and of 16-bit numbers, equalisation by one, percentiles, moments. */
#include "bench.h"

enum { SAMPLES = 32768 };
static uint8_t bytes[SAMPLES], map[256];
static uint16_t words[SAMPLES];
static uint32_t counts[256], fine[4096];

static void equalise(void)
{
    uint32_t sum = 0;

    memset(counts, 0, sizeof counts);
    for (int i = 0; i < SAMPLES; i++)
        counts[bytes[i]]++;
    for (int i = 0; i < 256; i++) {
        sum += counts[i];
        map[i] = (uint8_t)((uint64_t)sum * 255 / SAMPLES);
    }
    for (int i = 0; i < SAMPLES; i++)
        bytes[i] = map[bytes[i]];
}

static uint32_t percentile(uint32_t percent)
{
    uint32_t seen = 0, i = 0;

    memset(fine, 0, sizeof fine);
    for (int k = 0; k < SAMPLES; k++)
        fine[words[k] >> 4]++;
    while ((seen += fine[i]) * 100 < percent * SAMPLES)
        i++;
    return i;
}

static uint32_t moments(void)
{
    uint64_t sum = 0, squares = 0;
    uint16_t least = 65535, most = 0;

    for (int i = 0; i < SAMPLES; i++) {
        uint16_t x = words[i];
        sum += x;
        squares += (uint64_t)x * x;
        least = x < least ? x : least;
        most = x > most ? x : most;
    }
    return (uint32_t)(squares / SAMPLES - sum / SAMPLES * (sum / SAMPLES)) ^ (uint32_t)least << 16 ^ most;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 1;

    while (rounds--) {
        for (int i = 0; i < SAMPLES; i++) {
            uint32_t r = random_from(&state);
            bytes[i] = (uint8_t)((r >> 24) * (r >> 16 & 255) >> 8);
            words[i] = (uint16_t)((r >> 16) * (r & 0xffff) >> 16);
        }
        equalise();
        sum = fold(sum, bytes[rounds % SAMPLES]);
        sum = fold(sum, percentile(50) << 16 | percentile(95));
        sum = fold(sum, moments());
    }
    return sum;
}
