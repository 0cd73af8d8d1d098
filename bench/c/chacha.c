/* ChaCha20 and Poly1305 (RFC 8439): a stream cipher of 32-bit additions and rotations, a code of 64-bit products. */
#include "bench.h"

enum { SIZE = 8192 };
static uint8_t message[SIZE], tag[16];
static uint32_t key[8], nonce[3];

static uint32_t rotate(uint32_t x, int n) { return x << n | x >> (32 - n); }

static void quarter(uint32_t *s, int a, int b, int c, int d)
{
    s[a] += s[b];
    s[d] = rotate(s[d] ^ s[a], 16);
    s[c] += s[d];
    s[b] = rotate(s[b] ^ s[c], 12);
    s[a] += s[b];
    s[d] = rotate(s[d] ^ s[a], 8);
    s[c] += s[d];
    s[b] = rotate(s[b] ^ s[c], 7);
}

static void cipher_block(uint32_t counter, uint8_t out[64])
{
    uint32_t start[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574}, s[16];

    for (int i = 0; i < 8; i++)
        start[4 + i] = key[i];
    start[12] = counter;
    for (int i = 0; i < 3; i++)
        start[13 + i] = nonce[i];
    memcpy(s, start, sizeof s);
    for (int i = 0; i < 10; i++) {
        quarter(s, 0, 4, 8, 12);
        quarter(s, 1, 5, 9, 13);
        quarter(s, 2, 6, 10, 14);
        quarter(s, 3, 7, 11, 15);
        quarter(s, 0, 5, 10, 15);
        quarter(s, 1, 6, 11, 12);
        quarter(s, 2, 7, 8, 13);
        quarter(s, 3, 4, 9, 14);
    }
    for (int i = 0; i < 64; i++)
        out[i] = (uint8_t)((s[i / 4] + start[i / 4]) >> 8 * (i % 4));
}

static void encrypt(void)
{
    uint8_t stream[64];

    for (uint32_t at = 0; at < SIZE; at += 64) {
        cipher_block(1 + at / 64, stream);
        for (uint32_t i = 0; i < 64; i++)
            message[at + i] ^= stream[i];
    }
}

static uint32_t word(const uint8_t *p) { return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24; }

/* The number modulo 2^130 - 5, plus the second half of the key, modulo 2^128. */
static void finish(uint32_t h[5], const uint8_t once[64])
{
    const uint32_t mask = 0x3ffffff;
    uint32_t less[5], carry = 0;

    for (int i = 1; i < 10; i++) {
        carry = h[i % 5] >> 26;
        h[i % 5] &= mask;
        h[(i + 1) % 5] += i % 5 == 4 ? 5 * carry : carry;
    }
    carry = 5;
    for (int i = 0; i < 5; i++) {
        carry += h[i];
        less[i] = carry & mask;
        carry >>= 26;
    }
    if (carry)
        memcpy(h, less, sizeof less);
    uint64_t sum = 0;
    for (int i = 0; i < 4; i++) {
        sum += (uint32_t)(h[i] >> 6 * i | h[i + 1] << (26 - 6 * i));
        sum += word(once + 16 + 4 * i);
        for (int k = 0; k < 4; k++)
            tag[4 * i + k] = (uint8_t)(sum >> 8 * k);
        sum >>= 32;
    }
}

/* Poly1305: numbers of 130 bits in five limbs of 26. */
static void authenticate(void)
{
    const uint32_t mask = 0x3ffffff;
    uint8_t once[64];
    uint32_t r[5], h[5] = {0};

    cipher_block(0, once);
    r[0] = word(once) & 0x3ffffff;
    r[1] = word(once + 3) >> 2 & 0x3ffff03;
    r[2] = word(once + 6) >> 4 & 0x3ffc0ff;
    r[3] = word(once + 9) >> 6 & 0x3f03fff;
    r[4] = word(once + 12) >> 8 & 0x00fffff;
    for (uint32_t at = 0; at < SIZE; at += 16) {
        const uint8_t *p = message + at;
        h[0] += word(p) & mask;
        h[1] += word(p + 3) >> 2 & mask;
        h[2] += word(p + 6) >> 4 & mask;
        h[3] += word(p + 9) >> 6;
        h[4] += word(p + 12) >> 8 | 1 << 24;
        uint64_t product[5], carry = 0;
        for (int i = 0; i < 5; i++) {
            product[i] = 0;
            for (int k = 0; k < 5; k++)
                product[i] += (uint64_t)h[k] * (k <= i ? r[i - k] : 5 * r[5 + i - k]);
        }
        for (int i = 0; i < 5; i++) {
            product[i] += carry;
            h[i] = (uint32_t)product[i] & mask;
            carry = product[i] >> 26;
        }
        h[0] += (uint32_t)carry * 5;
        h[1] += h[0] >> 26;
        h[0] &= mask;
    }
    finish(h, once);
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < SIZE; i++)
        message[i] = (uint8_t)i;
    for (uint32_t i = 0; i < 8; i++)
        key[i] = i * 0x04040404 + 0x03020100;
    while (rounds--) {
        nonce[1] = rounds;
        encrypt();
        authenticate();
        sum = fold(sum, word(tag) ^ word(tag + 8) ^ message[rounds % SIZE]);
    }
    return sum;
}
