/* zlib gzip|gunzip FROM TO: compresses or decompresses a file. */
#include "zlib.h"
#include <stdio.h>
#include <string.h>

static int gzip(const char *from, const char *to)
{
    char buffer[4096];
    size_t length;
    FILE *in = fopen(from, "rb");
    gzFile out = gzopen(to, "wb9");
    int failed = !in || !out;

    while (!failed && (length = fread(buffer, 1, sizeof buffer, in)) > 0)
        failed = gzwrite(out, buffer, (unsigned)length) != (int)length;
    if (in)
        fclose(in);
    return (out && gzclose(out) != Z_OK) || failed;
}

static int gunzip(const char *from, const char *to)
{
    char buffer[4096];
    int length = 0;
    gzFile in = gzopen(from, "rb");
    FILE *out = fopen(to, "wb");
    int failed = !in || !out;

    while (!failed && (length = gzread(in, buffer, sizeof buffer)) > 0)
        failed = fwrite(buffer, 1, (size_t)length, out) != (size_t)length;
    if (out && fclose(out) != 0)
        failed = 1;
    return (in && gzclose(in) != Z_OK) || failed || length < 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "gzip") == 0)
        return gzip(argv[2], argv[3]);
    if (argc == 4 && strcmp(argv[1], "gunzip") == 0)
        return gunzip(argv[2], argv[3]);
    fprintf(stderr, "usage: zlib gzip|gunzip FROM TO\n");
    return 2;
}
