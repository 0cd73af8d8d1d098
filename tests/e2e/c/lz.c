/* An LZ77 compressor with a hash table, and its decompressor. */
#include "e2e.h"

enum { SIZE = 1500 };
static uint8_t input[SIZE], packed[2 * SIZE], output[SIZE];
static uint16_t heads[256];

static uint32_t hash3(const uint8_t *p) { return (p[0] * 7u + p[1] * 31u + p[2] * 131u) & 255; }

static uint32_t compress(uint32_t n)
{
    uint32_t at = 0, literals = 0, i = 0;

    memset(heads, 0xff, sizeof heads);
    while (i < n) {
        uint32_t best = 0, distance = 0;
        if (i + 3 <= n) {
            uint32_t h = hash3(input + i), candidate = heads[h];
            if (candidate != 0xffff && i - candidate < 4096)
                while (best < 66 && i + best < n && input[candidate + best] == input[i + best])
                    best++;
            distance = i - candidate;
            heads[h] = (uint16_t)i;
        }
        if (best >= 3) {
            packed[at++] = (uint8_t)(0x80 | (best - 3));
            packed[at++] = (uint8_t)(distance & 255);
            packed[at++] = (uint8_t)(distance >> 8);
            i += best;
            literals = 0;
            continue;
        }
        if (!literals || packed[literals - 1] == 0x7f) {
            packed[at] = 0;
            literals = ++at;
        } else {
            packed[literals - 1]++;
        }
        packed[at++] = input[i++];
    }
    return at;
}

static int32_t decompress(uint32_t n)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < n;) {
        uint32_t token = packed[i++];
        if (token & 0x80) {
            uint32_t length = (token & 0x7f) + 3, distance = packed[i] | packed[i + 1] << 8;
            i += 2;
            if (distance > at || !distance || at + length > SIZE)
                return -1;
            for (; length; length--, at++)
                output[at] = output[at - distance];
        } else {
            for (uint32_t k = 0; k <= token; k++) {
                if (at == SIZE)
                    return -2;
                output[at++] = packed[i++];
            }
        }
    }
    return (int32_t)at;
}

int32_t EXPORT(round_trip)(uint32_t seed, uint32_t length, uint32_t alphabet)
{
    length %= SIZE;
    alphabet = alphabet % 40 + 1;
    random_start(seed);
    for (uint32_t i = 0; i < length; i++)
        input[i] = i > 20 && random_next() % 8 ? input[i - random_next() % 20 - 1] : (uint8_t)(random_next() % alphabet);
    uint32_t size = compress(length);
    int32_t got = decompress(size);
    for (int32_t i = 0; i < got; i++)
        if (input[i] != output[i])
            return -100 - i;
    return got * 4096 + (int32_t)size;
}

/* Of garbage. */
int32_t EXPORT(decompress_random)(uint32_t seed, uint32_t length)
{
    random_start(seed);
    for (uint32_t i = 0; i < 600; i++)
        packed[i] = (uint8_t)(random_next() >> 20) & (i % 3 == 2 ? 0 : 0xff);
    return decompress(length % 600);
}
