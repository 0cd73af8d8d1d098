/* Search for bytes in a text, 16 at a time: the next one (memchr), and how many there are. */
#include "vectors.h"

enum { N = 16384 };
static uint8_t text[N];

static int find(uint8_t byte, int from)
{
    for (int i = from; i < N; i += 16) {
        uint32_t found = signs((u8x16)(LOAD(u8x16, text + i) == byte));
        if (found)
            return i + __builtin_ctz(found);
    }
    return N;
}

static uint32_t count(uint8_t byte)
{
    uint32_t all = 0;

    for (int i = 0; i < N;) {
        u8x16 counts = {0};
        for (int end = i + 2048; i < end; i += 16)
            counts -= (u8x16)(LOAD(u8x16, text + i) == byte);
        for (int lane = 0; lane < 16; lane++)
            all += counts[lane];
    }
    return all;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 7;

    for (int i = 0; i < N; i++)
        text[i] = (uint8_t)('a' + random_from(&state) % 26);
    for (int i = 0; i < 20; i++)
        text[random_from(&state) % N] = '\n';
    while (rounds--) {
        for (int at = 0; at < N; at = (at | 15) + 1) {
            at = find('\n', at);
            sum = fold(sum, (uint32_t)at);
        }
        sum = fold(sum, count((uint8_t)('a' + rounds % 26)));
    }
    return sum;
}
