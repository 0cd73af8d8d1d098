/*
 * Memory in bulk: copies and fills of 16 bytes to 64 KiB, overlapping moves, a ring buffer, gathering of rows,
 * comparison.
 */
#include "bench.h"

enum { SIZE = 65536, ROW = 1024 };
static uint8_t a[SIZE], b[SIZE], ring[4096];
static uint32_t head;

static void put(const uint8_t *from, uint32_t n)
{
    uint32_t at = head % sizeof ring, first = sizeof ring - at;

    if (first > n)
        first = n;
    memcpy(ring + at, from, first);
    memcpy(ring, from + first, n - first);
    head += n;
}

static bool equal(const uint8_t *x, const uint8_t *y, uint32_t n)
{
    uint64_t v, w;

    for (; n >= 8; n -= 8, x += 8, y += 8) {
        memcpy(&v, x, 8);
        memcpy(&w, y, 8);
        if (v != w)
            return false;
    }
    while (n--)
        if (*x++ != *y++)
            return false;
    return true;
}

/* Columns of 4 bytes of a picture of 64 rows. */
static void transpose(void)
{
    for (uint32_t y = 0; y < SIZE / ROW; y++)
        for (uint32_t x = 0; x < ROW; x += 4)
            memcpy(b + x * (SIZE / ROW) + 4 * y, a + y * ROW + x, 4);
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < SIZE; i++)
        a[i] = (uint8_t)(i * 7 + (i >> 8));
    head = 0;
    while (rounds--) {
        for (uint32_t n = 16; n <= SIZE; n *= 2) {
            memcpy(b, a + (SIZE - n), n);
            memmove(b + n / 4, b, n / 2);
            memset(a + n / 2, (int)(n + rounds), n / 16);
            sum = fold(sum, equal(a, b, n));
        }
        for (uint32_t n = 1; n < 200; n++)
            put(a + 17 * n, n);
        transpose();
        sum = fold(sum, b[rounds % SIZE] ^ (uint32_t)ring[rounds % sizeof ring] << 8);
    }
    return sum;
}
