/* Sudoku as exact cover, by dancing links (Knuth): 324 columns, 729 rows, lists in four directions. */
#include "bench.h"

enum { COLUMNS = 324, NODES = 1 + COLUMNS + 4 * 729 };
static struct Node {
    uint16_t left, right, up, down, column, row;
} nodes[NODES];
static uint16_t sizes[COLUMNS + 1], chosen[81];
static uint32_t count, solutions, steps;
static uint8_t grid[81];

static void cover(uint16_t column)
{
    nodes[nodes[column].right].left = nodes[column].left;
    nodes[nodes[column].left].right = nodes[column].right;
    for (uint16_t i = nodes[column].down; i != column; i = nodes[i].down)
        for (uint16_t k = nodes[i].right; k != i; k = nodes[k].right) {
            nodes[nodes[k].down].up = nodes[k].up;
            nodes[nodes[k].up].down = nodes[k].down;
            sizes[nodes[k].column]--;
        }
}

static void uncover(uint16_t column)
{
    for (uint16_t i = nodes[column].up; i != column; i = nodes[i].up)
        for (uint16_t k = nodes[i].left; k != i; k = nodes[k].left) {
            sizes[nodes[k].column]++;
            nodes[nodes[k].down].up = nodes[nodes[k].up].down = k;
        }
    nodes[nodes[column].right].left = nodes[nodes[column].left].right = column;
}

static void add_row(uint16_t row)
{
    uint32_t cell = row / 9, digit = row % 9, y = cell / 9, x = cell % 9, box = y / 3 * 3 + x / 3;
    uint32_t columns[4] = {1 + cell, 82 + y * 9 + digit, 163 + x * 9 + digit, 244 + box * 9 + digit};
    uint16_t first = (uint16_t)count;

    for (uint32_t i = 0; i < 4; i++) {
        uint16_t at = (uint16_t)count++, column = (uint16_t)columns[i];
        nodes[at] = (struct Node){(uint16_t)(i ? at - 1 : first + 3),
                                  (uint16_t)(i == 3 ? first : at + 1),
                                  nodes[column].up,
                                  column,
                                  column,
                                  row};
        nodes[nodes[column].up].down = at;
        nodes[column].up = at;
        sizes[column]++;
    }
}

static void search(uint32_t depth)
{
    uint16_t column = nodes[0].right;

    steps++;
    if (!column) {
        solutions++;
        for (uint32_t i = 0; i < depth; i++)
            grid[chosen[i] / 9] = (uint8_t)(1 + chosen[i] % 9);
        return;
    }
    for (uint16_t i = nodes[column].right; i; i = nodes[i].right)
        if (sizes[i] < sizes[column])
            column = i;
    cover(column);
    for (uint16_t i = nodes[column].down; i != column && solutions < 2; i = nodes[i].down) {
        chosen[depth] = nodes[i].row;
        for (uint16_t k = nodes[i].right; k != i; k = nodes[k].right)
            cover(nodes[k].column);
        search(depth + 1);
        for (uint16_t k = nodes[i].left; k != i; k = nodes[k].left)
            uncover(nodes[k].column);
    }
    uncover(column);
}

static uint32_t solve(const char *puzzle)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i <= COLUMNS; i++) {
        nodes[i] = (struct Node){(uint16_t)(i ? i - 1 : COLUMNS),
                                 (uint16_t)(i == COLUMNS ? 0 : i + 1),
                                 (uint16_t)i,
                                 (uint16_t)i,
                                 (uint16_t)i,
                                 0};
        sizes[i] = 0;
    }
    count = 1 + COLUMNS;
    solutions = steps = 0;
    for (uint32_t row = 0; row < 729; row++)
        if (puzzle[row / 9] == '.' || puzzle[row / 9] == (char)('1' + row % 9))
            add_row((uint16_t)row);
    search(0);
    for (int i = 0; i < 81; i++)
        sum = fold(sum, grid[i]);
    return fold(fold(sum, solutions), steps);
}

uint32_t run(uint32_t rounds)
{
    char puzzle[] = "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4..";
    uint32_t sum = 0;

    while (rounds--) {
        sum = fold(sum, solve(puzzle));
        /* The same problem with other digits. */
        for (int i = 0; i < 81; i++)
            if (puzzle[i] != '.')
                puzzle[i] = puzzle[i] == '9' ? '1' : (char)(puzzle[i] + 1);
    }
    return sum;
}
