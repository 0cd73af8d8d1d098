/* Longest common subsequence of two texts, with the subsequence itself; and the best alignment with affine gaps. */
#include "bench.h"

enum { N = 300 };
static uint8_t a[N], b[N], common[N];
static uint16_t length[N + 1][N + 1];
static int32_t match[N + 1], gap[N + 1];

static uint32_t subsequence(void)
{
    uint32_t at = 0, i = N, k = N;

    for (int y = 1; y <= N; y++)
        for (int x = 1; x <= N; x++)
            length[y][x] = a[y - 1] == b[x - 1]                 ? length[y - 1][x - 1] + 1
                           : length[y - 1][x] > length[y][x - 1] ? length[y - 1][x]
                                                                 : length[y][x - 1];
    while (i && k) {
        if (a[i - 1] == b[k - 1]) {
            common[at++] = a[--i];
            k--;
        } else if (length[i - 1][k] > length[i][k - 1]) {
            i--;
        } else {
            k--;
        }
    }
    return at;
}

static int32_t best(int32_t x, int32_t y) { return x > y ? x : y; }

static int32_t alignment(void)
{
    int32_t most = 0;

    for (int x = 0; x <= N; x++)
        match[x] = gap[x] = 0;
    for (int y = 1; y <= N; y++) {
        int32_t diagonal = 0, left = -10;
        for (int x = 1; x <= N; x++) {
            int32_t score = best(0, diagonal + (a[y - 1] == b[x - 1] ? 5 : -4));
            gap[x] = best(gap[x] - 1, match[x] - 6);
            left = best(left - 1, match[x - 1] - 6);
            score = best(score, best(gap[x], left));
            diagonal = match[x];
            match[x] = score;
            most = best(most, score);
        }
    }
    return most;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 1;

    while (rounds--) {
        for (int i = 0; i < N; i++) {
            a[i] = (uint8_t)('a' + (random_from(&state) >> 10) % 4);
            b[i] = random_from(&state) >> 10 & 3 ? a[i] : (uint8_t)('a' + i % 4);
        }
        uint32_t n = subsequence();
        sum = fold(sum, n << 8 | common[n / 2]);
        sum = fold(sum, (uint32_t)alignment());
    }
    return sum;
}
