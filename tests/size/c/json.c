/* A JSON generator, tokenizer and validator; recursive. */
#include "size.h"
#include "../../e2e/c/json.c"

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        sum = fold(sum, (uint32_t)json(i, i * 2654435761u));
        sum = fold(sum, (uint32_t)(int64_t)json_sum());
    }
    return sum;
}
