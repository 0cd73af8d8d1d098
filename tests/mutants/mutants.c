/*
 * mutants.c: for run-mutants: makes mutants of modules, gives each to the transpiler in this process (which is built with
 * sanitizers), writes it to DIRECTORY/N.wasm for another validator, and prints `N VERDICT OFFSET MESSAGE` for each.
 *
 *   mutants DIRECTORY COUNT MODULE...     COUNT mutants of each: a part of them truncated, the others with one byte changed
 *
 * The same every time: the pseudo-random numbers begin with the module's length.
 */
#include <herkos.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 1 << 20 };

static unsigned long made;

static void try_mutant(const char *directory, const char *module, const uint8_t *bytes, size_t length)
{
    HerkosOptions options = {.name = "mutant", .file = "mutant.wasm"};
    HerkosResult result;
    uint8_t *exact = malloc(length ? length : 1);   /* so that the sanitizer sees a read past the end */
    char path[4096];

    if (!exact)
        abort();
    memcpy(exact, bytes, length);
    bool accepted = herkos_transpile(exact, length, &options, &result);
    bool unsupported = !accepted && (result.diagnostic.phase == HERKOS_PHASE_UNSUPPORTED ||
                                     strstr(result.diagnostic.message, "not supported"));
    printf("%lu %s 0x%lx %s: %s\n", made, accepted ? "accept" : unsupported ? "unsupported" : "refuse",
           accepted ? 0ul : (unsigned long)result.diagnostic.offset, module,
           accepted ? "accepted" : result.diagnostic.message);
    if (accepted)
        herkos_free(&result);
    snprintf(path, sizeof path, "%s/%lu.wasm", directory, made++);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(exact, 1, length, file) != length || fclose(file) != 0) {
        perror(path);
        exit(2);
    }
    free(exact);
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void mutate(const char *directory, const char *path, unsigned long count)
{
    static uint8_t bytes[MOST];
    FILE *file = fopen(path, "rb");

    if (!file) {
        perror(path);
        exit(2);
    }
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    if (!length)
        return;
    uint64_t state = UINT64_C(0x9e3779b97f4a7c15) * (length + 1);
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    try_mutant(directory, name, bytes, length);
    for (unsigned long i = 0; i < count; i++) {
        size_t at = (size_t)(next_random(&state) % length);
        if (i % 5 == 0) {
            try_mutant(directory, name, bytes, at);
            continue;
        }
        /* Another opcode, a bit, a small number: what stays near to a valid module finds more. */
        uint8_t old = bytes[at], any = (uint8_t)next_random(&state);
        bytes[at] = i % 5 == 1 ? any : i % 5 == 2 ? (uint8_t)(old ^ 1u << any % 8) : i % 5 == 3 ? any % 16 : (uint8_t)(old + 1);
        try_mutant(directory, name, bytes, length);
        bytes[at] = old;
    }
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: mutants DIRECTORY COUNT MODULE...\n");
        return 2;
    }
    for (int i = 3; i < argc; i++)
        mutate(argv[1], argv[i], strtoul(argv[2], NULL, 10));
    return 0;
}
