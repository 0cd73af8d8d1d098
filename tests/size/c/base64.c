/* Base64, there and back, and hexadecimal. */
#include "size.h"
#include "../../e2e/c/base64.c"

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        sum = fold(sum, (uint32_t)base64(i, 200 + i, i % 8 == 7));
        sum = fold(sum, hex(i * 0x123456789abcdefu, i));
    }
    return sum;
}
