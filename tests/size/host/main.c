/* Runs a kernel on this machine: the checksum that all others must have. */
#include <stdio.h>
#include <stdlib.h>

#include "../c/size.h"

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    printf("%08x\n", (unsigned)run((uint32_t)strtoul(argv[1], NULL, 10)));
    return 0;
}
