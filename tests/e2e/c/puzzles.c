/* Recursion: queens, sudoku, the tower of Hanoi, Ackermann's function, a maze. */
#include "e2e.h"

static uint8_t board[9][9], maze[16][16];
static uint32_t nodes, pegs[3][10], heights[3];

static uint32_t queens(uint32_t n, uint32_t columns, uint32_t left, uint32_t right)
{
    uint32_t all = (1u << n) - 1, count = 0;

    if (columns == all)
        return 1;
    for (uint32_t free = all & ~(columns | left | right), bit; free; free ^= bit) {
        bit = free & -free;
        count += queens(n, columns | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return count;
}

uint32_t EXPORT(queens_of)(uint32_t n) { return queens(n % 8, 0, 0, 0); }

static bool fits(int row, int col, uint8_t digit)
{
    for (int i = 0; i < 9; i++)
        if (board[row][i] == digit || board[i][col] == digit
            || board[row / 3 * 3 + i / 3][col / 3 * 3 + i % 3] == digit)
            return false;
    return true;
}

static bool solve(void)
{
    if (++nodes > 400)
        return false;
    for (int row = 0; row < 9; row++)
        for (int col = 0; col < 9; col++) {
            if (board[row][col])
                continue;
            for (uint8_t digit = 1; digit <= 9; digit++)
                if (fits(row, col, digit)) {
                    board[row][col] = digit;
                    if (solve())
                        return true;
                    board[row][col] = 0;
                }
            return false;
        }
    return true;
}

uint32_t EXPORT(sudoku)(uint32_t seed, uint32_t remove)
{
    uint32_t solved;

    random_start(seed);
    for (uint32_t row = 0; row < 9; row++)
        for (uint32_t col = 0; col < 9; col++)
            board[row][col] = (uint8_t)((row * 3 + row / 3 + col + seed % 9) % 9 + 1);
    for (remove %= 40; remove; remove--) {
        uint32_t r = random_next() >> 8;
        board[r % 9][r / 9 % 9] = 0;
    }
    if (seed & 0x40)
        board[0][0] = board[0][1];
    nodes = 0;
    solved = solve();
    return nodes << 1 | solved;
}

static void hanoi(uint32_t n, uint32_t from, uint32_t to)
{
    if (!n)
        return;
    hanoi(n - 1, from, 3 - from - to);
    pegs[to][heights[to]++] = pegs[from][--heights[from]];
    nodes++;
    hanoi(n - 1, 3 - from - to, to);
}

uint32_t EXPORT(tower)(uint32_t n)
{
    nodes = heights[1] = heights[2] = 0;
    for (heights[0] = 0; heights[0] < n % 9; heights[0]++)
        pegs[0][heights[0]] = 9 - heights[0];
    hanoi(n % 9, 0, 2);
    return nodes;
}

static uint32_t ackermann(uint32_t m, uint32_t n)
{
    return !m ? n + 1 : !n ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

uint32_t EXPORT(ackermann_of)(uint32_t m, uint32_t n) { return ackermann(m & 1, n & 15) + ackermann(2, m & 3); }

static uint32_t walk(int x, int y)
{
    if (x < 0 || y < 0 || x > 15 || y > 15 || maze[y][x])
        return 0;
    maze[y][x] = 2;
    return 1 + walk(x + 1, y) + walk(x - 1, y) + walk(x, y + 1) + walk(x, y - 1);
}

uint32_t EXPORT(flood)(uint32_t seed, uint32_t walls)
{
    random_start(seed);
    for (int i = 0; i < 256; i++)
        maze[i / 16][i % 16] = random_next() % 16 < walls % 12;
    return walk(0, 0) << 8 | walk(15, 15);
}
