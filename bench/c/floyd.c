/* Shortest paths between all pairs (Floyd and Warshall), and the transitive closure as bits. */
#include "bench.h"

enum { N = 96 };
static int32_t path[N][N];
static uint64_t reach[N][(N + 63) / 64];

static void shortest(void)
{
    for (int k = 0; k < N; k++)
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++)
                if (path[i][k] + path[k][j] < path[i][j])
                    path[i][j] = path[i][k] + path[k][j];
}

static void closure(void)
{
    for (int k = 0; k < N; k++)
        for (int i = 0; i < N; i++)
            if (reach[i][k / 64] >> (k % 64) & 1)
                for (int w = 0; w < (N + 63) / 64; w++)
                    reach[i][w] |= reach[k][w];
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 1;

    while (rounds--) {
        for (int i = 0; i < N; i++) {
            for (int w = 0; w < (N + 63) / 64; w++)
                reach[i][w] = 0;
            for (int k = 0; k < N; k++) {
                uint32_t r = random_from(&state) >> 8;
                path[i][k] = i == k ? 0 : r % 8 ? 1 << 20 : (int32_t)(r % 997);
                if (r % 64 == 0)
                    reach[i][k / 64] |= (uint64_t)1 << (k % 64);
            }
        }
        shortest();
        closure();
        for (int i = 0; i < N; i++)
            sum = fold(sum, (uint32_t)path[i][rounds % N] ^ (uint32_t)reach[i][0] ^ (uint32_t)(reach[i][1] >> 8));
    }
    return sum;
}
