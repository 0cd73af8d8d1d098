/* bzip2: compression (sorting of blocks) and back, of 48 KiB of text. */
#include "../library.h"
#include "bzlib.h"

enum { SIZE = 49152 };
static uint8_t text[SIZE], packed[SIZE + SIZE / 100 + 600], back[SIZE];

/* The library calls it when it finds itself broken. */
void bz_internal_error(int code)
{
    (void)code;
    CHECK(false);
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        unsigned size = sizeof packed, length = SIZE;
        write_text(text, SIZE, i + 1);
        CHECK(BZ2_bzBuffToBuffCompress((char *)packed, &size, (char *)text, SIZE, 1, 0, 0) == BZ_OK);
        CHECK(BZ2_bzBuffToBuffDecompress((char *)back, &length, (char *)packed, size, 0, 0) == BZ_OK && length == SIZE);
        CHECK(memcmp(text, back, SIZE) == 0);
        sum = fold_bytes(fold(sum, size), packed, 256);
    }
    return sum;
}
