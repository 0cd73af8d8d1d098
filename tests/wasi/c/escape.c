/* Tries to read and write each argument. */
#include "errors.h"
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    char text[100];

    for (int i = 1; i < argc; i++) {
        int fd = open(argv[i], O_RDONLY);
        printf("%s: read: %s", argv[i], fd < 0 ? error_name(errno) : "opened");
        if (fd >= 0)
            printf(" %ld", (long)read(fd, text, sizeof text));
        fd = open(argv[i], O_WRONLY | O_CREAT, 0644);
        printf(", write: %s", fd < 0 ? error_name(errno) : "opened");
        printf(", unlink: %s\n", unlink(argv[i]) != 0 ? error_name(errno) : "done");
    }
    return 0;
}
