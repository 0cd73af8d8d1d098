/* AES-128 in CBC mode, by one table of 256 words that is made at the start (FIPS 197). */
#include "size.h"

static const uint8_t key[16] = {0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07,
                                0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f};
static uint8_t sbox[256], block[16];
static uint32_t table[256], keys[44];

static uint32_t rotate(uint32_t x, int n) { return x << n | x >> (32 - n); }
static uint8_t twice(uint8_t x) { return (uint8_t)(x << 1 ^ (x & 0x80 ? 0x1b : 0)); }

/* Walks the multiplicative group by 3 and by its inverse, so that p * q == 1 all the way. */
static void make_tables(void)
{
    uint8_t p = 1, q = 1;

    sbox[0] = 0x63;
    do {
        p = (uint8_t)(p ^ twice(p));
        q ^= (uint8_t)(q << 1);
        q ^= (uint8_t)(q << 2);
        q ^= (uint8_t)(q << 4);
        if (q & 0x80)
            q ^= 0x09;
        uint32_t r = q | q << 8;
        sbox[p] = (uint8_t)(q ^ r >> 7 ^ r >> 6 ^ r >> 5 ^ r >> 4 ^ 0x63);
    } while (p != 1);
    for (int i = 0; i < 256; i++) {
        uint8_t s = sbox[i], s2 = twice(s);
        table[i] = (uint32_t)s2 << 24 | (uint32_t)s << 16 | (uint32_t)s << 8 | (uint32_t)(s2 ^ s);
    }
}

static uint32_t word(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }

static uint32_t substitute(uint32_t x)
{
    return (uint32_t)sbox[x >> 24] << 24 | (uint32_t)sbox[x >> 16 & 255] << 16 | (uint32_t)sbox[x >> 8 & 255] << 8
           | sbox[x & 255];
}

static void expand_key(void)
{
    uint8_t constant = 1;

    for (int i = 0; i < 4; i++)
        keys[i] = word(key + 4 * i);
    for (int i = 4; i < 44; i++) {
        uint32_t t = keys[i - 1];
        if (i % 4 == 0) {
            t = substitute(rotate(t, 8)) ^ (uint32_t)constant << 24;
            constant = twice(constant);
        }
        keys[i] = keys[i - 4] ^ t;
    }
}

static uint32_t column(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    return table[a >> 24] ^ rotate(table[b >> 16 & 255], 24) ^ rotate(table[c >> 8 & 255], 16)
           ^ rotate(table[d & 255], 8);
}

static uint32_t last_column(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    return substitute((a & 0xff000000) | (b & 0xff0000) | (c & 0xff00) | (d & 0xff));
}

static void encrypt(uint8_t *p)
{
    uint32_t s[4], t[4];

    for (int i = 0; i < 4; i++)
        s[i] = word(p + 4 * i) ^ keys[i];
    for (int round = 1; round < 10; round++) {
        for (int i = 0; i < 4; i++)
            t[i] = column(s[i], s[(i + 1) % 4], s[(i + 2) % 4], s[(i + 3) % 4]) ^ keys[4 * round + i];
        for (int i = 0; i < 4; i++)
            s[i] = t[i];
    }
    for (int i = 0; i < 4; i++) {
        t[i] = last_column(s[i], s[(i + 1) % 4], s[(i + 2) % 4], s[(i + 3) % 4]) ^ keys[40 + i];
        for (int k = 0; k < 4; k++)
            p[4 * i + k] = (uint8_t)(t[i] >> (24 - 8 * k));
    }
}

uint32_t run(uint32_t rounds)
{
    make_tables();
    expand_key();
    for (int i = 0; i < 16; i++)
        block[i] = (uint8_t)(i * 0x11);
    while (rounds--) {
        encrypt(block); /* the first time: the standard's example, 69c4e0d8... */
        for (int i = 0; rounds && i < 16; i++)
            block[i] ^= (uint8_t)(i + rounds);
    }
    return word(block);
}
