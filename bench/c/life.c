/* Conway's game of life on a torus: cell by cell, and 64 cells at once by bits. */
#include "bench.h"

enum { SIDE = 64, WIDTH = SIDE + 2 };
typedef uint8_t Field[WIDTH][WIDTH];
static Field fields[2]; /* with a margin that repeats the other side */
static uint64_t rows[2][SIDE];

static void copy_margin(Field f)
{
    for (int i = 1; i <= SIDE; i++) {
        f[i][0] = f[i][SIDE];
        f[i][SIDE + 1] = f[i][1];
    }
    memcpy(f[0], f[SIDE], sizeof f[0]);
    memcpy(f[SIDE + 1], f[1], sizeof f[0]);
}

static void turn(Field from, Field to)
{
    copy_margin(from);
    for (int y = 1; y <= SIDE; y++)
        for (int x = 1; x <= SIDE; x++) {
            int n = 0;
            for (int dy = -1; dy <= 1; dy++)
                for (int dx = -1; dx <= 1; dx++)
                    n += from[y + dy][x + dx];
            to[y][x] = n == 3 || (n == 4 && from[y][x]);
        }
}

static void turn_bits(const uint64_t *from, uint64_t *to)
{
    for (int y = 0; y < SIDE; y++) {
        uint64_t ones = 0, twos = 0, fours = 0;
        for (int i = 0; i < 9; i++) {
            uint64_t row = from[(y + i / 3 - 1) & (SIDE - 1)];
            uint64_t bit = i % 3 == 0 ? row << 1 | row >> 63 : i % 3 == 1 ? row : row >> 1 | row << 63;
            uint64_t carry = ones & bit;
            ones ^= bit;
            fours ^= twos & carry; /* 8 and 9 are left as 0 and 1, which are as deadly */
            twos ^= carry;
        }
        to[y] = (ones & twos & ~fours) | (fours & ~ones & ~twos & from[y]);
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 1;

    for (int y = 0; y < SIDE; y++) {
        rows[0][y] = 0;
        for (int x = 0; x < SIDE; x++) {
            fields[0][y + 1][x + 1] = random_from(&state) >> 30 == 0;
            rows[0][y] |= (uint64_t)fields[0][y + 1][x + 1] << x;
        }
    }
    while (rounds--) {
        turn(fields[0], fields[1]);
        turn(fields[1], fields[0]);
        for (int i = 0; i < 10; i++) {
            turn_bits(rows[0], rows[1]);
            turn_bits(rows[1], rows[0]);
        }
        for (int y = 0; y < SIDE; y++)
            sum = fold(sum, fields[0][y + 1][y + 1] ^ (uint32_t)rows[0][y] ^ (uint32_t)(rows[0][y] >> 32));
    }
    return sum;
}
