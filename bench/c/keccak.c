/* SHA3-256 (FIPS 202): a state of 25 words of 64 bits. */
#include "bench.h"

enum { RATE = 136, SIZE = 8192 };
static uint64_t state[25], constants[24];
static uint8_t message[SIZE];

static uint64_t rotate(uint64_t x, uint32_t n) { return n ? x << n | x >> (64 - n) : x; }

/* By the shift register of the standard. */
static void make_constants(void)
{
    uint32_t bits = 1;

    for (int round = 0; round < 24; round++) {
        constants[round] = 0;
        for (int i = 0; i < 7; i++) {
            if (bits & 1)
                constants[round] |= (uint64_t)1 << ((1 << i) - 1);
            bits = bits & 0x80 ? (bits << 1 ^ 0x171) : bits << 1;
        }
    }
}

static void permute(void)
{
    for (int round = 0; round < 24; round++) {
        uint64_t c[5], t = state[1];
        uint32_t at = 1, turn = 0;
        for (int i = 0; i < 5; i++)
            c[i] = state[i] ^ state[i + 5] ^ state[i + 10] ^ state[i + 15] ^ state[i + 20];
        for (int i = 0; i < 25; i++)
            state[i] ^= c[(i + 4) % 5] ^ rotate(c[(i + 1) % 5], 1);
        t = state[1];
        for (uint32_t x = 1, y = 0, i = 0; i < 24; i++) {
            uint32_t next = (2 * x + 3 * y) % 5;
            x = y;
            y = next;
            at = x + 5 * y;
            turn += i + 1;
            uint64_t old = state[at];
            state[at] = rotate(t, turn % 64);
            t = old;
        }
        for (int y = 0; y < 25; y += 5) {
            for (int i = 0; i < 5; i++)
                c[i] = state[y + i];
            for (int i = 0; i < 5; i++)
                state[y + i] = c[i] ^ (~c[(i + 1) % 5] & c[(i + 2) % 5]);
        }
        state[0] ^= constants[round];
    }
}

static void absorb(const uint8_t *p, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        state[i / 8] ^= (uint64_t)p[i] << 8 * (i % 8);
}

static void sha3(uint32_t size)
{
    uint32_t at = 0;

    memset(state, 0, sizeof state);
    for (; at + RATE <= size; at += RATE) {
        absorb(message + at, RATE);
        permute();
    }
    absorb(message + at, size - at);
    state[(size - at) / 8] ^= (uint64_t)6 << 8 * ((size - at) % 8);
    state[RATE / 8 - 1] ^= (uint64_t)1 << 63;
    permute();
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    make_constants();
    sha3(0); /* a7ffc6f8... */
    sum = (uint32_t)state[0];
    for (uint32_t i = 0; i < SIZE; i++)
        message[i] = (uint8_t)(i * 5 + (i >> 7));
    while (rounds--) {
        sha3(SIZE - rounds % 200);
        sum = fold(sum, (uint32_t)state[0]);
    }
    return sum;
}
