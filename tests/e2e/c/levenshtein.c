/* Dynamic programming: edit distance, longest common subsequence, knapsack, and Conway's game of life. */
#include "e2e.h"

static char a[64], b[64];
static uint16_t table[65][65];
static int32_t best[200];
static uint8_t world[2][20][24];

static uint32_t fill(char *to, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        to[i] = (char)('a' + (random_next() >> 10) % 5);
    return length;
}

uint32_t EXPORT(levenshtein)(uint32_t seed, uint32_t m, uint32_t n)
{
    random_start(seed);
    m = fill(a, m % 64);
    n = fill(b, n % 64);
    for (uint32_t i = 0; i <= m; i++)
        table[i][0] = (uint16_t)i;
    for (uint32_t k = 0; k <= n; k++)
        table[0][k] = (uint16_t)k;
    for (uint32_t i = 1; i <= m; i++)
        for (uint32_t k = 1; k <= n; k++) {
            uint16_t least = table[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
            if (table[i - 1][k] + 1 < least)
                least = table[i - 1][k] + 1;
            if (table[i][k - 1] + 1 < least)
                least = table[i][k - 1] + 1;
            table[i][k] = least;
        }
    return table[m][n];
}

uint32_t EXPORT(common)(uint32_t seed, uint32_t m, uint32_t n)
{
    random_start(seed);
    m = fill(a, m & 63);
    n = fill(b, n & 63);
    memset(table, 0, sizeof table);
    for (uint32_t i = 1; i <= m; i++)
        for (uint32_t k = 1; k <= n; k++)
            table[i][k] = a[i - 1] == b[k - 1] ? table[i - 1][k - 1] + 1
                        : table[i - 1][k] > table[i][k - 1] ? table[i - 1][k] : table[i][k - 1];
    return table[m][n];
}

int32_t EXPORT(knapsack)(uint32_t seed, uint32_t room)
{
    room %= 200;
    memset(best, 0, sizeof best);
    random_start(seed);
    for (int item = 0; item < 20; item++) {
        uint32_t weight = random_next() % 30 + 1;
        int32_t worth = (int32_t)(random_next() % 1000) - 100;
        for (uint32_t w = room; w >= weight; w--)
            if (best[w - weight] + worth > best[w])
                best[w] = best[w - weight] + worth;
    }
    return best[room];
}

uint32_t EXPORT(life)(uint32_t seed, uint32_t turns)
{
    uint32_t alive = 0, now = 0;

    random_start(seed);
    for (int y = 0; y < 20; y++)
        for (int x = 0; x < 24; x++)
            world[0][y][x] = random_next() >> 20 & 1;
    for (turns %= 6; turns; turns--, now ^= 1)
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 24; x++) {
                int n = 0;
                for (int dy = -1; dy <= 1; dy++)
                    for (int dx = -1; dx <= 1; dx++)
                        n += (dx || dy) && world[now][(y + dy + 20) % 20][(x + dx + 24) % 24];
                world[now ^ 1][y][x] = n == 3 || (n == 2 && world[now][y][x]);
            }
    for (int y = 0; y < 20; y++)
        for (int x = 0; x < 24; x++)
            alive += world[now][y][x];
    return alive;
}
