/* zlib: deflate at levels 1, 6 and 9, and back, of 32 KiB of text. */
#include "../library.h"
#include "zlib.h"

enum { SIZE = 32768 };
static uint8_t text[SIZE], packed[SIZE + 1024], back[SIZE];

uint32_t run(uint32_t rounds)
{
    static const int levels[3] = {1, 6, 9};
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        write_text(text, SIZE, i + 1);
        for (int k = 0; k < 3; k++) {
            uLongf size = sizeof packed, length = SIZE;
            CHECK(compress2(packed, &size, text, SIZE, levels[k]) == Z_OK);
            CHECK(uncompress(back, &length, packed, size) == Z_OK && length == SIZE);
            sum = fold(sum, (uint32_t)size);
            sum = fold(sum, (uint32_t)crc32(0, back, SIZE));
        }
    }
    return sum;
}
