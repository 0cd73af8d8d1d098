/* Zstandard: levels 1, 3 and 9, and back, of 64 KiB of text. */
#include "../library.h"
#include "zstd.h"

enum { SIZE = 65536 };
static uint8_t text[SIZE], packed[ZSTD_COMPRESSBOUND(SIZE)], back[SIZE];

uint32_t run(uint32_t rounds)
{
    static const int levels[3] = {1, 3, 9};
    uint32_t sum = 0;
    ZSTD_CCtx *context = ZSTD_createCCtx();

    CHECK(context);
    for (uint32_t i = 0; i < rounds; i++) {
        write_text(text, SIZE, i + 1);
        for (int k = 0; k < 3; k++) {
            size_t size = ZSTD_compressCCtx(context, packed, sizeof packed, text, SIZE, levels[k]);
            CHECK(!ZSTD_isError(size));
            CHECK(ZSTD_decompress(back, SIZE, packed, size) == SIZE);
            CHECK(memcmp(text, back, SIZE) == 0);
            sum = fold_bytes(fold(sum, (uint32_t)size), packed, 256);
        }
    }
    ZSTD_freeCCtx(context);
    return sum;
}
