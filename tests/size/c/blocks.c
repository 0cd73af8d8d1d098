/* Moving memory: copies and fills of many sizes, overlapping moves, structures by value, loops over words and bytes. */
#include "size.h"

typedef struct Record {
    uint32_t words[12];
    uint8_t bytes[20];
} Record;

enum { BYTES = 1100 };
static uint8_t from[BYTES], to[BYTES];
static Record records[16];

static Record turned(Record r)
{
    for (int i = 0; i < 6; i++) {
        uint32_t t = r.words[i];
        r.words[i] = r.words[11 - i];
        r.words[11 - i] = t;
    }
    r.bytes[0]++;
    return r;
}

static void reverse(uint8_t *p, uint32_t n)
{
    for (uint32_t i = 0; i < n / 2; i++) {
        uint8_t t = p[i];
        p[i] = p[n - 1 - i];
        p[n - 1 - i] = t;
    }
}

static void exclusive_or(uint8_t *p, const uint8_t *q, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        p[i] ^= q[i];
}

static uint32_t sum_words(const uint32_t *p, uint32_t n)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < n; i++)
        sum = fold(sum, p[i]);
    return sum;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < sizeof from; i++)
        from[i] = (uint8_t)(i * 7 + (i >> 5));
    while (rounds--) {
        for (uint32_t n = 1; n < 200; n += 1 + n / 4) {
            memcpy(to + n, from + rounds % 64, n);
            memset(to + 600 - n, (int)n, n);
            memmove(to + n / 2, to, 2 * n);
        }
        memcpy(records, from, sizeof records);
        for (int i = 0; i < 15; i++)
            records[i + 1] = turned(records[i]);
        reverse(to, 700);
        exclusive_or(from, to, 900);
        sum = fold(sum, sum_words(records[15].words, 12) + from[rounds % BYTES]);
    }
    return sum;
}
