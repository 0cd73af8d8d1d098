/* Arguments and environment. */
#include <stdio.h>
#include <stdlib.h>

extern char **environ;

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        printf("%d: \"%s\"\n", i, argv[i]);
    for (char **variable = environ; *variable; variable++)
        printf("%s\n", *variable);
    printf("A is %s\n", getenv("A") ? getenv("A") : "not set");
    printf("NONE is %s\n", getenv("NONE") ? "set" : "not set");
    return argc;
}
