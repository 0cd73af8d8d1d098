/* Two images mixed by the alpha of one, a byte for each colour: widened, multiplied, narrowed by vector types. */
#include "vectors.h"

enum { N = 16384 };
static uint8_t front[N], back[N];

static i16x8 mix(i16x8 a, i16x8 b)
{
    i16x8 alpha = __builtin_shufflevector(a, a, 3, 3, 3, 3, 7, 7, 7, 7);
    u16x8 sum = (u16x8)(a * alpha + b * (255 - alpha)) + 128;

    return (i16x8)((sum + (sum >> 8)) >> 8);
}

uint32_t run(uint32_t rounds)
{
    const u8x16 zero = {0};

    fill_bytes(front, N, 1);
    fill_bytes(back, N, 2);
    while (rounds--) {
        for (int i = 0; i < N; i += 16) {
            u8x16 a = LOAD(u8x16, front + i), b = LOAD(u8x16, back + i);
            i16x8 low = mix(LOW_BYTES(a, zero), LOW_BYTES(b, zero));
            i16x8 high = mix(HIGH_BYTES(a, zero), HIGH_BYTES(b, zero));
            STORE(back + i, narrow(low, high));
        }
        front[rounds % N] ^= (uint8_t)rounds;
    }
    return fold_bytes(0, back, N);
}
