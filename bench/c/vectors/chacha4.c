/* ChaCha20, four blocks at once: additions, exclusive ors and rotations of lanes of 32 bits, and transposition. */
#include "vectors.h"

enum { BLOCKS = 32 };
static uint8_t stream[BLOCKS * 64];

#define ROTATE(a, n) ((a) << (n) | (a) >> (32 - (n)))
#define QUARTER(a, b, c, d)                                      \
    (a += b, d ^= a, d = ROTATE(d, 16), c += d, b ^= c, b = ROTATE(b, 12), \
     a += b, d ^= a, d = ROTATE(d, 8), c += d, b ^= c, b = ROTATE(b, 7))

static void four_blocks(const u32x4 key[16], uint8_t *to)
{
    u32x4 x[16];

    memcpy(x, key, sizeof x);
    for (int i = 0; i < 10; i++) {
        QUARTER(x[0], x[4], x[8], x[12]);
        QUARTER(x[1], x[5], x[9], x[13]);
        QUARTER(x[2], x[6], x[10], x[14]);
        QUARTER(x[3], x[7], x[11], x[15]);
        QUARTER(x[0], x[5], x[10], x[15]);
        QUARTER(x[1], x[6], x[11], x[12]);
        QUARTER(x[2], x[7], x[8], x[13]);
        QUARTER(x[3], x[4], x[9], x[14]);
    }
    for (int i = 0; i < 16; i++)
        x[i] += key[i];
    for (int i = 0; i < 16; i += 4) {
        u32x4 ab = __builtin_shufflevector(x[i], x[i + 1], 0, 4, 1, 5), AB = __builtin_shufflevector(x[i], x[i + 1], 2, 6, 3, 7);
        u32x4 cd = __builtin_shufflevector(x[i + 2], x[i + 3], 0, 4, 1, 5);
        u32x4 CD = __builtin_shufflevector(x[i + 2], x[i + 3], 2, 6, 3, 7);
        STORE(to + 4 * i, __builtin_shufflevector(ab, cd, 0, 1, 4, 5));
        STORE(to + 4 * i + 64, __builtin_shufflevector(ab, cd, 2, 3, 6, 7));
        STORE(to + 4 * i + 128, __builtin_shufflevector(AB, CD, 0, 1, 4, 5));
        STORE(to + 4 * i + 192, __builtin_shufflevector(AB, CD, 2, 3, 6, 7));
    }
}

uint32_t run(uint32_t rounds)
{
    u32x4 key[16];
    uint32_t sum = 0, state = 8;

    for (int i = 0; i < 16; i++)
        key[i] = (u32x4){} + random_from(&state);
    while (rounds--) {
        for (int block = 0; block < BLOCKS; block += 4) {
            key[12] = (u32x4){0, 1, 2, 3} + (rounds * BLOCKS + (uint32_t)block);
            four_blocks(key, stream + block * 64);
        }
        sum = fold_bytes(sum, stream + rounds % BLOCKS * 64, 64);
    }
    return sum;
}
