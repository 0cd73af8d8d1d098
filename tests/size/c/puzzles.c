/* Recursion: queens, sudoku, the tower of Hanoi, Ackermann's function, a maze. */
#include "size.h"
#include "../../e2e/c/puzzles.c"

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        sum = fold(sum, queens_of(6));
        sum = fold(sum, sudoku(i, 30));
        sum = fold(sum, tower(7));
        sum = fold(sum, ackermann_of(i, i));
        sum = fold(sum, flood(i, 4));
    }
    return sum;
}
