/* Base64 and hexadecimal, there and back, with bad input. */
#include "e2e.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static uint8_t data[300], back[300];
static char coded[600];

static uint32_t encode(const uint8_t *p, uint32_t n, char *to)
{
    char *start = to;

    for (uint32_t i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)p[i] << 16 | (i + 1 < n ? p[i + 1] << 8 : 0) | (i + 2 < n ? p[i + 2] : 0);
        *to++ = digits[v >> 18];
        *to++ = digits[v >> 12 & 63];
        *to++ = i + 1 < n ? digits[v >> 6 & 63] : '=';
        *to++ = i + 2 < n ? digits[v & 63] : '=';
    }
    *to = 0;
    return (uint32_t)(to - start);
}

static int value(char c)
{
    switch (c) {
    case 'A' ... 'Z': return c - 'A';
    case 'a' ... 'z': return c - 'a' + 26;
    case '0' ... '9': return c - '0' + 52;
    case '+': return 62;
    case '/': return 63;
    case '=': return -1;
    default: return -2;
    }
}

static int32_t decode(const char *p, uint8_t *to)
{
    int32_t n = 0;

    for (; *p; p += 4) {
        int32_t v = 0, keep = 3;
        for (int i = 0; i < 4; i++) {
            int d = value(p[i]);
            if (d == -2 || (d == -1 && i < 2))
                return -1 - n;
            if (d == -1 && keep == 3)
                keep = i - 1;
            v = v << 6 | (d & 63);
        }
        for (int32_t i = 0; i < keep; i++)
            to[n++] = (uint8_t)(v >> (16 - 8 * i));
    }
    return n;
}

int32_t EXPORT(base64)(uint32_t seed, uint32_t length, uint32_t damage)
{
    length %= sizeof data;
    random_start(seed);
    for (uint32_t i = 0; i < length; i++)
        data[i] = (uint8_t)(random_next() >> 9);
    uint32_t n = encode(data, length, coded);
    if (damage & 1 && n)
        coded[damage % n] = (char)damage;
    int32_t decoded = decode(coded, back);
    for (int32_t i = 0; i < decoded; i++)
        if (back[i] != data[i])
            return i;
    return decoded << 4;
}

uint32_t EXPORT(hex)(uint64_t number, uint32_t upper)
{
    uint64_t again = 0;

    for (int i = 0; i < 16; i++) {
        int nibble = (int)(number >> (60 - 4 * i) & 15);
        coded[i] = (char)(nibble < 10 ? '0' + nibble : (upper & 1 ? 'A' : 'a') + nibble - 10);
    }
    coded[16] = 0;
    for (const char *p = coded; *p; p++)
        again = again << 4 | (uint64_t)(*p <= '9' ? *p - '0' : (*p | 32) - 'a' + 10);
    return again == number ? (uint32_t)coded[(number >> 60) & 15] : 0;
}
