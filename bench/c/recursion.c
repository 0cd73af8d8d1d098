/* Deep and broad recursion: Ackermann, Fibonacci, Takeuchi, Hanoi, permutations, mutual recursion of predicates. */
#include "bench.h"

static uint32_t moves, pegs[3], kept;
static uint8_t items[7];

static uint32_t ackermann(uint32_t m, uint32_t n)
{
    return !m ? n + 1 : !n ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

static uint32_t fibonacci(uint32_t n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

static int32_t takeuchi(int32_t x, int32_t y, int32_t z)
{
    return y >= x ? z : takeuchi(takeuchi(x - 1, y, z), takeuchi(y - 1, z, x), takeuchi(z - 1, x, y));
}

static void hanoi(uint32_t disc, uint32_t from, uint32_t to)
{
    if (disc) {
        hanoi(disc - 1, from, 3 - from - to);
        pegs[from] -= disc;
        pegs[to] += disc;
        moves++;
        hanoi(disc - 1, 3 - from - to, to);
    }
}

static void permute(uint32_t n)
{
    if (n == 1)
        kept = fold(kept, (uint32_t)items[0] << 8 | items[6]);
    for (uint32_t i = 0; n > 1 && i < n; i++) {
        permute(n - 1);
        uint32_t k = n % 2 ? 0 : i;
        uint8_t t = items[k];
        items[k] = items[n - 1];
        items[n - 1] = t;
    }
}

static uint32_t odd(uint32_t n);
__attribute__((noinline)) static uint32_t even(uint32_t n) { return n ? odd(n - 1) + (n & 1) : 1; }
__attribute__((noinline)) static uint32_t odd(uint32_t n) { return n ? even(n - 1) + (n >> 1 & 1) : 0; }

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    while (rounds--) {
        for (int i = 0; i < 7; i++)
            items[i] = (uint8_t)i;
        sum = fold(sum, ackermann(2, 20 + rounds % 3));
        sum = fold(sum, fibonacci(18));
        sum = fold(sum, (uint32_t)takeuchi(9, 5, (int32_t)(rounds % 3)));
        hanoi(10, 0, 2);
        permute(7);
        sum = fold(sum, even(500 + rounds % 10));
        sum = fold(sum, moves + pegs[1] + kept);
    }
    moves = pegs[0] = pegs[1] = pegs[2] = kept = 0;
    return sum;
}
