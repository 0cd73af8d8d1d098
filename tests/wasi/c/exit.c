/* Ways to end: by return, by exit with handlers, by _exit without, by abort. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void handler(void)
{
    puts("handler");
}

int main(int argc, char **argv)
{
    atexit(handler);
    puts("begin");
    if (argc < 3)
        return 7;
    if (strcmp(argv[1], "exit") == 0)
        exit(atoi(argv[2]));
    fflush(stdout);
    if (strcmp(argv[1], "_exit") == 0)
        _exit(atoi(argv[2]));
    abort();
}
