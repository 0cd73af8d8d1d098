/* Files named by arguments to standard output; `-` is standard input. */
#include "errors.h"
#include <stdio.h>
#include <string.h>

static int copy(FILE *from)
{
    char buffer[777];
    size_t length;

    while ((length = fread(buffer, 1, sizeof buffer, from)) > 0)
        if (fwrite(buffer, 1, length, stdout) != length)
            return 1;
    return ferror(from);
}

int main(int argc, char **argv)
{
    int failed = 0;

    for (int i = 1; i < argc; i++) {
        FILE *file = strcmp(argv[i], "-") == 0 ? stdin : fopen(argv[i], "rb");
        if (!file || copy(file)) {
            fprintf(stderr, "%s: %s\n", argv[i], error_name(errno));
            failed = 1;
        }
        if (file && file != stdin)
            fclose(file);
    }
    return failed;
}
