/* LZ4: fast and high compression, and back, of 64 KiB of text. */
#include "../library.h"
#include "lz4.h"
#include "lz4hc.h"

enum { SIZE = 65536 };
static uint8_t text[SIZE], packed[LZ4_COMPRESSBOUND(SIZE)], back[SIZE];

static uint32_t unpack(uint32_t sum, int size)
{
    CHECK(size > 0);
    for (int i = 0; i < 10; i++)
        CHECK(LZ4_decompress_safe((const char *)packed, (char *)back, size, SIZE) == SIZE);
    CHECK(memcmp(text, back, SIZE) == 0);
    return fold_bytes(fold(sum, (uint32_t)size), packed, 256);
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        write_text(text, SIZE, i + 1);
        sum = unpack(sum, LZ4_compress_default((const char *)text, (char *)packed, SIZE, sizeof packed));
        sum = unpack(sum, LZ4_compress_HC((const char *)text, (char *)packed, SIZE, sizeof packed, 4));
    }
    return sum;
}
