/* Tells of everything around it: arguments, variables, clocks, random numbers, a directory, a file, input. */
#include "errors.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static unsigned sum;

static void hash(const void *bytes, size_t length)
{
    for (const unsigned char *p = bytes; length--; p++)
        sum = (sum ^ *p) * 16777619u;
}

static void read_all(FILE *file, const char *name)
{
    char line[80];
    unsigned lines = 0;

    while (file && fgets(line, sizeof line, file)) {
        hash(line, strlen(line));
        lines++;
    }
    printf("%s: %u lines\n", name, lines);
}

int main(int argc, char **argv)
{
    struct timespec now;
    unsigned char bytes[16];
    struct stat info;

    for (int i = 0; i < argc; i++)
        printf("argument %s\n", argv[i]);
    printf("variable %s\n", getenv("WHO") ? getenv("WHO") : "none");
    clock_gettime(CLOCK_REALTIME, &now);
    printf("time %lld.%09ld\n", (long long)now.tv_sec, now.tv_nsec);
    hash(&now, sizeof now);
    if (getentropy(bytes, sizeof bytes) != 0)
        return 1;
    hash(bytes, sizeof bytes);
    usleep(1000);
    if (stat("text", &info) == 0) {
        printf("text has %lld bytes, of %lld\n", (long long)info.st_size, (long long)info.st_mtime);
        hash(&info.st_ino, sizeof info.st_ino);
    }
    DIR *folder = opendir(".");
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        hash(entry->d_name, strlen(entry->d_name));
    read_all(fopen("text", "r"), "text");
    read_all(fopen("missing", "r"), "missing");
    read_all(stdin, "input");
    FILE *out = fopen("report", "w");
    if (!out)
        return 2;
    fprintf(out, "%08x\n", sum);
    fclose(out);
    printf("sum %08x\n", sum);
    clock_gettime(CLOCK_MONOTONIC, &now);
    fprintf(stderr, "done at %ld\n", now.tv_nsec);
    return (int)(sum % 100);
}
