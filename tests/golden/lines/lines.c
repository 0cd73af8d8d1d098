// For run-golden: compiled with `clang -g`.
#include "halve.h"

static int table[16];

__attribute__((export_name("put"))) int put(int place, int value)
{
    int sum = 0;

    table[place & 15] = halve(value, place);
    for (int i = 0; i < place; i++) {
        sum += table[i & 15]
               / value; /* divides */
    }
    return sum;
}
