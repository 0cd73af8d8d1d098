/* Creates, changes, moves and removes files and directories, and says what came of it. */
#include "errors.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHOW(call) show(#call, (call))

static void show(const char *what, long result)
{
    printf("%s = %ld%s%s\n", what, result, result < 0 ? " " : "", result < 0 ? error_name(errno) : "");
}

static void show_file(const char *path)
{
    char text[200] = "";
    struct stat st;
    FILE *file = fopen(path, "r");

    if (!file || stat(path, &st) != 0) {
        printf("%s: %s\n", path, error_name(errno));
        return;
    }
    size_t length = fread(text, 1, sizeof text - 1, file);
    for (size_t i = 0; i < length; i++)
        if (!text[i])
            text[i] = '0';
    printf("%s: \"%s\", %ld bytes, %ld links\n", path, text, (long)st.st_size, (long)st.st_nlink);
    fclose(file);
}

static void with_descriptors(void)
{
    char text[8] = "";
    int fd = open("data", O_RDWR | O_CREAT | O_EXCL, 0644);

    SHOW(write(fd, "0123456789", 10));
    SHOW(lseek(fd, 3, SEEK_SET));
    SHOW(read(fd, text, 4));
    printf("\"%s\"\n", text);
    SHOW(pwrite(fd, "ABC", 3, 8));
    SHOW(pread(fd, text, 5, 6));
    printf("\"%s\"\n", text);
    SHOW(lseek(fd, 0, SEEK_CUR));
    SHOW(lseek(fd, -2, SEEK_END));
    SHOW(lseek(fd, -20, SEEK_END));
    SHOW(ftruncate(fd, 14));
    SHOW(fsync(fd));
    SHOW(fdatasync(fd));
    SHOW(close(fd));
    SHOW(close(fd));
    SHOW(open("data", O_RDWR | O_CREAT | O_EXCL, 0644));
    fd = open("data", O_RDONLY);
    SHOW(write(fd, "x", 1));
    close(fd);
    fd = open("data", O_WRONLY);
    SHOW(read(fd, text, 1));
    close(fd);
    show_file("data");
}

static void with_streams(void)
{
    FILE *file = fopen("text", "w+");

    fputs("one\ntwo\nthree\n", file);
    rewind(file);
    char line[100];
    while (fgets(line, sizeof line, file))
        printf("%ld %s", ftell(file), line);
    fseek(file, 4, SEEK_SET);
    fputs("TWO", file);
    fclose(file);
    file = fopen("text", "a");
    fputs("four\n", file);
    fclose(file);
    show_file("text");
}

static void with_names(void)
{
    char target[20] = "";
    struct stat st;

    SHOW(mkdir("dir", 0755));
    SHOW(mkdir("dir", 0755));
    SHOW(mkdir("none/dir", 0755));
    SHOW(rename("text", "dir/moved"));
    SHOW(rename("text", "dir/moved"));
    SHOW(link("data", "dir/link"));
    show_file("dir/link");
    SHOW(symlink("moved", "dir/symlink"));
    SHOW(readlink("dir/symlink", target, sizeof target));
    printf("-> %s\n", target);
    show_file("dir/symlink");
    SHOW(lstat("dir/symlink", &st));
    printf("link: %d\n", S_ISLNK(st.st_mode));
    SHOW(stat("dir", &st));
    printf("directory: %d\n", S_ISDIR(st.st_mode));
    SHOW(access("dir/moved", F_OK));
    SHOW(access("dir/none", F_OK));
    SHOW(open("dir", O_WRONLY));
    SHOW(open("data/x", O_RDONLY));
    SHOW(rmdir("dir"));
    SHOW(rmdir("data"));
    SHOW(unlink("dir/none"));
    SHOW(unlink("dir/link"));
    SHOW(unlink("dir/symlink"));
    SHOW(mkdir("empty", 0755));
    SHOW(rmdir("empty"));
}

int main(void)
{
    with_descriptors();
    with_streams();
    with_names();
    return 0;
}
