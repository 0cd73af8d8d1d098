/* Queens: all solutions by bits, and by arrays; a knight's tour by the fewest ways on. */
#include "bench.h"

enum { SIDE = 24 };
static uint8_t columns[16], rising[32], falling[32];
static uint16_t board[SIDE][SIDE];
static const int8_t steps[8][2] = {{1, 2}, {2, 1}, {2, -1}, {1, -2}, {-1, -2}, {-2, -1}, {-2, 1}, {-1, 2}};

static uint32_t by_bits(uint32_t all, uint32_t taken, uint32_t left, uint32_t right)
{
    uint32_t found = 0;

    if (taken == all)
        return 1;
    for (uint32_t free = all & ~(taken | left | right); free; free &= free - 1) {
        uint32_t bit = free & (0u - free);
        found += by_bits(all, taken | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return found;
}

static uint32_t by_arrays(uint32_t n, uint32_t row)
{
    uint32_t found = 0;

    if (row == n)
        return 1;
    for (uint32_t col = 0; col < n; col++)
        if (!columns[col] && !rising[row + col] && !falling[row - col + 15]) {
            columns[col] = rising[row + col] = falling[row - col + 15] = 1;
            found += by_arrays(n, row + 1);
            columns[col] = rising[row + col] = falling[row - col + 15] = 0;
        }
    return found;
}

static bool is_free(int y, int x) { return y >= 0 && y < SIDE && x >= 0 && x < SIDE && !board[y][x]; }

static uint32_t ways(int y, int x)
{
    uint32_t n = 0;

    for (int i = 0; i < 8; i++)
        n += is_free(y + steps[i][0], x + steps[i][1]);
    return n;
}

static uint32_t tour(int y, int x)
{
    uint32_t visited = 0;

    memset(board, 0, sizeof board);
    for (;;) {
        uint32_t fewest = 9;
        int best = -1;
        board[y][x] = (uint16_t)++visited;
        for (int i = 0; i < 8; i++)
            if (is_free(y + steps[i][0], x + steps[i][1])) {
                uint32_t n = ways(y + steps[i][0], x + steps[i][1]);
                if (n < fewest) {
                    fewest = n;
                    best = i;
                }
            }
        if (best < 0)
            return visited;
        y += steps[best][0];
        x += steps[best][1];
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    while (rounds--) {
        sum = fold(sum, by_bits(511, 0, 0, 0));
        sum = fold(sum, by_arrays(8, 0));
        sum = fold(sum, tour((int)(rounds % SIDE), (int)(rounds / SIDE % SIDE)));
    }
    return sum;
}
