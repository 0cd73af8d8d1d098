/* Random bytes. */
#include "errors.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
    unsigned char one[64] = {0}, two[64] = {0};

    if (getentropy(one, sizeof one) != 0 || getentropy(two, sizeof two) != 0) {
        printf("getentropy: an error\n");
        return 1;
    }
    printf("differ: %d\n", memcmp(one, two, sizeof one) != 0);
    return 0;
}
