/* An adaptive binary range coder, bit by bit with a model of the byte before: compress, decompress, compare. */
#include "bench.h"

enum { SIZE = 4096 };
static uint8_t text[SIZE], packed[2 * SIZE], back[SIZE];
static uint16_t model[256][256];
static uint32_t at, low, range, code;

static void put_bit(uint16_t *probability, uint32_t bit)
{
    uint32_t middle = low + (range >> 12) * (*probability >> 4);

    if (bit) {
        range = middle - low;
        *probability = (uint16_t)(*probability + ((65535 - *probability) >> 5));
    } else {
        range -= middle - low;
        low = middle;
        *probability = (uint16_t)(*probability - (*probability >> 5));
    }
    while ((low ^ (low + range)) < 1 << 24 || (range < 1 << 16 && ((range = (0u - low) & 0xffff), true))) {
        packed[at++] = (uint8_t)(low >> 24);
        low <<= 8;
        range <<= 8;
    }
}

static uint32_t get_bit(uint16_t *probability)
{
    uint32_t middle = low + (range >> 12) * (*probability >> 4), bit = code - low < middle - low;

    if (bit) {
        range = middle - low;
        *probability = (uint16_t)(*probability + ((65535 - *probability) >> 5));
    } else {
        range -= middle - low;
        low = middle;
        *probability = (uint16_t)(*probability - (*probability >> 5));
    }
    while ((low ^ (low + range)) < 1 << 24 || (range < 1 << 16 && ((range = (0u - low) & 0xffff), true))) {
        code = code << 8 | packed[at++];
        low <<= 8;
        range <<= 8;
    }
    return bit;
}

static void start(void)
{
    for (int i = 0; i < 256; i++)
        for (int k = 0; k < 256; k++)
            model[i][k] = 32768;
    low = at = 0;
    range = 0xffffffff;
}

static uint32_t compress(void)
{
    uint8_t before = 0;

    start();
    for (int i = 0; i < SIZE; i++) {
        uint32_t node = 1;
        for (int bit = 7; bit >= 0; bit--) {
            uint32_t value = text[i] >> bit & 1;
            put_bit(&model[before][node], value);
            node = node << 1 | value;
        }
        before = text[i];
    }
    for (int i = 0; i < 4; i++, low <<= 8)
        packed[at++] = (uint8_t)(low >> 24);
    return at;
}

static void decompress(void)
{
    uint8_t before = 0;

    start();
    for (code = 0; at < 4; at++)
        code = code << 8 | packed[at];
    for (int i = 0; i < SIZE; i++) {
        uint32_t node = 1;
        while (node < 256)
            node = node << 1 | get_bit(&model[before][node]);
        back[i] = before = (uint8_t)node;
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 1;

    while (rounds--) {
        for (int i = 0; i < SIZE; i++) {
            uint32_t r = random_from(&state);
            text[i] = (uint8_t)(i > 9 && r >> 30 ? text[i - 1 - (r >> 8) % 9] : 'a' + (r >> 16) % 20);
        }
        sum = fold(sum, compress());
        decompress();
        for (int i = 0; i < SIZE; i++)
            if (text[i] != back[i])
                return 0;
    }
    return sum;
}
