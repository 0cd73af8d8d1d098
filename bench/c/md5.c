/* MD5 (RFC 1321) of a message of 16 KiB. The constants are given: their sines would differ from one libm to another. */
#include "bench.h"

static const uint32_t constants[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};
static const uint8_t shifts[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

enum { SIZE = 16384 };
static uint8_t message[SIZE + 64];
static uint32_t state[4];

static void block(const uint8_t *p)
{
    uint32_t words[16], a = state[0], b = state[1], c = state[2], d = state[3];

    for (int i = 0; i < 16; i++)
        words[i] = (uint32_t)p[4 * i] | (uint32_t)p[4 * i + 1] << 8 | (uint32_t)p[4 * i + 2] << 16 |
                   (uint32_t)p[4 * i + 3] << 24;
    for (int i = 0; i < 64; i++) {
        uint32_t f, k;
        switch (i / 16) {
        case 0: f = (b & c) | (~b & d); k = (uint32_t)i; break;
        case 1: f = (d & b) | (~d & c); k = (5 * (uint32_t)i + 1) % 16; break;
        case 2: f = b ^ c ^ d; k = (3 * (uint32_t)i + 5) % 16; break;
        default: f = c ^ (b | ~d); k = 7 * (uint32_t)i % 16; break;
        }
        f += a + constants[i] + words[k];
        a = d;
        d = c;
        c = b;
        b += f << shifts[i / 16][i % 4] | f >> (32 - shifts[i / 16][i % 4]);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

/* Of the first `size` bytes, a multiple of 64. */
static void md5(uint32_t size)
{
    static const uint32_t start[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

    memcpy(state, start, sizeof state);
    memset(message + size, 0, 64);
    message[size] = 0x80;
    for (int i = 0; i < 4; i++)
        message[size + 56 + i] = (uint8_t)(size * 8 >> 8 * i);
    for (uint32_t i = 0; i <= size; i += 64)
        block(message + i);
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < SIZE; i++)
        message[i] = (uint8_t)(i * 7 + (i >> 8));
    while (rounds--) {
        md5(SIZE);
        sum = fold(sum, state[0] ^ state[3]);
        message[rounds % SIZE] ^= (uint8_t)sum;
    }
    return sum;
}
