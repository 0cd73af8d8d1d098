/*
 * A state machine of 512 states in one switch, as generators of parsers and protocols write them: each state has
 * conditions, counters and successors of its own. The text of the states comes from macros; the numbers in it differ.
 */
#include "bench.h"

enum { STATES = 512 };
static uint32_t counters[16], visits[STATES], entered;
static uint8_t input[4096];

/* Four kinds of states, by number. */
#define COUNT(n) counters[(n) % 16] += c; state = c & 1 << (n) % 8 ? ((n) * 7 + 3) % STATES : ((n) * 5 + 11) % STATES
#define RANGE(n)                                         \
    state = c < 20 + (n) % 90     ? ((n) + 1) % STATES   \
            : c < 120 + (n) % 100 ? ((n)*3 + 1) % STATES \
                                  : ((n) ^ 0x55)
#define SWITCH(n)                                                     \
    switch (c >> 5) {                                                 \
    case (n) % 3: state = ((n) + 17) % STATES; break;                 \
    case (n) % 5 + 3: state = ((n) * 9 + 5) % STATES; break;          \
    default: counters[(n) % 16] ^= (n) * 257u; state = ((n) + 255) % STATES; \
    }
#define COMPARE(n)                                   \
    if (counters[(n) % 16] > counters[(n) / 16 % 16]) { \
        counters[(n) % 16] -= (n) + c;               \
        state = ((n) * 11 + 7) % STATES;             \
    } else {                                         \
        state = ((n) + c) % STATES;                  \
    }

#define S4(n)                          \
    case (n): COUNT(n); break;         \
    case (n) + 1: RANGE((n) + 1); break; \
    case (n) + 2: SWITCH((n) + 2); break; \
    case (n) + 3: COMPARE((n) + 3); break;
#define S16(n) S4(n) S4((n) + 4) S4((n) + 8) S4((n) + 12)
#define S64(n) S16(n) S16((n) + 16) S16((n) + 32) S16((n) + 48)

static uint32_t step(uint32_t state, uint32_t c)
{
    switch (state) {
        S64(0) S64(64) S64(128) S64(192) S64(256) S64(320) S64(384) S64(448)
    default: entered++;
    }
    return state;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, seed = 1, state = 0;

    memset(visits, 0, sizeof visits);
    memset(counters, 0, sizeof counters);
    while (rounds--) {
        for (uint32_t i = 0; i < sizeof input; i++)
            input[i] = (uint8_t)(random_from(&seed) >> 16);
        for (uint32_t i = 0; i < sizeof input; i++) {
            state = step(state, input[i]);
            visits[state]++;
        }
        sum = fold(sum, state);
    }
    for (int i = 0; i < 16; i++)
        sum = fold(sum, counters[i]);
    for (int i = 0; i < STATES; i++)
        sum = fold(sum, visits[i]);
    return sum;
}
