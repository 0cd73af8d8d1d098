/* CRC-32 by a table and bit by bit, CRC-64, Adler-32 and Fletcher-16. */
#include "size.h"
#include "../../e2e/c/crc.c"

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        sum = fold(sum, crc32_bits(i, i, 90));
        sum = fold(sum, crc32_table(data + i % 1024, 1000));
        sum = fold(sum, (uint32_t)(crc64(i, 60) >> 16));
        sum = fold(sum, sums(i, 500));
    }
    return sum;
}
