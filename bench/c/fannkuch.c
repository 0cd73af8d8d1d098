/* Pancakes: the most reversals of a prefix that any permutation of 8 needs. */
#include "bench.h"

enum { N = 8 };
static uint8_t order[N], turned[N], counts[N];

static uint32_t flips(void)
{
    uint32_t n = 0;

    for (int i = 0; i < N; i++)
        turned[i] = order[i];
    while (turned[0]) {
        for (uint32_t i = 0, k = turned[0]; i < k; i++, k--) {
            uint8_t t = turned[i];
            turned[i] = turned[k];
            turned[k] = t;
        }
        n++;
    }
    return n;
}

static uint32_t all(void)
{
    uint32_t most = 0, check = 0, sign = 0;

    for (uint32_t i = 0; i < N; i++) {
        order[i] = (uint8_t)i;
        counts[i] = 0;
    }
    for (;;) {
        uint32_t n = flips(), r = 1;
        most = n > most ? n : most;
        check += sign ? 0u - n : n;
        sign ^= 1;
        for (; r < N; r++) {
            uint8_t first = order[0];
            for (uint32_t i = 0; i < r; i++)
                order[i] = order[i + 1];
            order[r] = first;
            if (counts[r]++ < r)
                break;
            counts[r] = 0;
        }
        if (r == N)
            return check << 8 | most;
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    while (rounds--)
        sum = fold(sum, all() + rounds);
    return sum;
}
