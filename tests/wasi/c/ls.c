/* Everything below the working directory: kind, size and name, sorted. */
#include "errors.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list(const char *path)
{
    char *names[500];
    int count = 0;
    DIR *dir = opendir(path);

    if (!dir) {
        printf("%s: %s\n", path, error_name(errno));
        return;
    }
    for (struct dirent *entry; (entry = readdir(dir)) && count < 500;)
        names[count++] = strdup(entry->d_name);
    closedir(dir);
    qsort(names, (size_t)count, sizeof *names, compare);
    printf("%s: %d entries\n", path, count);
    for (int i = 0; i < count; i++) {
        char full[1000];
        struct stat st;
        snprintf(full, sizeof full, "%s/%s", path, names[i]);
        if (strcmp(names[i], ".") == 0 || strcmp(names[i], "..") == 0)
            printf("d %s\n", names[i]); /* what is above is out of reach in WASI */
        else if (lstat(full, &st) != 0)
            printf("%s: %s\n", full, error_name(errno));
        else if (S_ISDIR(st.st_mode))
            list(full);
        else
            printf("%c %ld %s\n", S_ISLNK(st.st_mode) ? 'l' : 'f', (long)st.st_size, full);
        free(names[i]);
    }
}

int main(int argc, char **argv)
{
    list(argc > 1 ? argv[1] : ".");
    return 0;
}
