/*
 * transpile.c: the speed of herkos_transpile alone, without process and files: the fastest of some runs over one module.
 *   usage: transpile FILE.wasm
 */
#include <herkos.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;

    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    static uint8_t bytes[16 << 20];
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    double best = 1e9;

    if (!file) {
        fprintf(stderr, "usage: transpile FILE.wasm\n");
        return 2;
    }
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    for (int i = 0; i < 25; i++) {
        HerkosOptions options = {.name = "bench", .file = "bench.wasm"};
        HerkosResult result;
        double start = now();
        if (!herkos_transpile(bytes, length, &options, &result)) {
            fprintf(stderr, "%s: %s\n", argv[1], result.diagnostic.message);
            return 1;
        }
        double took = now() - start;
        best = took < best ? took : best;
        herkos_free(&result);
    }
    printf("herkos_transpile alone, %s: %.1f ms, %.1f MB/s\n", argv[1], best * 1e3, (double)length / best / 1e6);
    return 0;
}
