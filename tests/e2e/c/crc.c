/* CRC-32 bit by bit and by table, CRC-64, Adler-32 and Fletcher-16 of the same bytes. */
#include "e2e.h"

static uint8_t data[2048];
static uint32_t table[256];

static void fill(uint32_t seed)
{
    random_start(seed);
    for (uint32_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)(random_next() >> 11);
}

uint32_t EXPORT(crc32_bits)(uint32_t seed, uint32_t from, uint32_t length)
{
    uint32_t crc = ~0u;

    fill(seed);
    for (uint32_t i = 0; i < length % 100; i++) {
        crc ^= data[(from + i) % sizeof data];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
    }
    return ~crc;
}

/* The pointer is the caller's: it may lead out of memory. */
uint32_t EXPORT(crc32_table)(const uint8_t *from, uint32_t length)
{
    uint32_t crc = ~0u;

    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int bit = 0; bit < 8; bit++)
            c = c & 1 ? c >> 1 ^ 0xedb88320u : c >> 1;
        table[i] = c;
    }
    length &= 1023;
    while (length--)
        crc = crc >> 8 ^ table[(crc ^ *from++) & 255];
    return ~crc;
}

uint64_t EXPORT(crc64)(uint32_t seed, uint32_t length)
{
    uint64_t crc = 0;

    fill(seed);
    for (uint32_t i = 0; i < length % 200; i++) {
        crc ^= (uint64_t)data[i] << 56;
        for (int bit = 0; bit < 8; bit++)
            crc = (int64_t)crc < 0 ? crc << 1 ^ 0x42f0e1eba9ea3693u : crc << 1;
    }
    return crc;
}

uint32_t EXPORT(sums)(uint32_t seed, uint32_t length)
{
    uint32_t a = 1, b = 0;
    uint16_t f0 = 0, f1 = 0;

    fill(seed);
    for (uint32_t i = 0; i < length % sizeof data; i++) {
        a = (a + data[i]) % 65521;
        b = (b + a) % 65521;
        f0 = (uint16_t)((f0 + data[i]) % 255);
        f1 = (uint16_t)((f1 + f0) % 255);
    }
    return (b << 16 | a) ^ (uint32_t)(f1 << 8 | f0);
}
