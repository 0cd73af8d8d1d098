/*
 * replay.c: checks files, and each of them cut short at every offset. Needs no fuzzer.
 *
 *   replay FILE...    ends with `N passed, N failed`; the first broken promise ends it at once
 */
#include "check.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 1 << 20, CUTS = 2000 };

/* The culprit, where a promise is broken. */
static const char *name;
static size_t cut_at;

void __sanitizer_set_death_callback(void (*callback)(void));

static void died(void)
{
    fprintf(stderr, "replay: %s, the first %zu bytes\n", name, cut_at);
}

static void aborted(int signal_number)
{
    (void)signal_number;
    died();
    _Exit(1);
}

static void check_copy(const uint8_t *bytes, size_t length)
{
    uint8_t *exact = malloc(length ? length : 1);

    cut_at = length;
    if (!exact)
        abort();
    if (length)
        memcpy(exact, bytes, length);
    check(exact, length);
    free(exact);
}

int main(int argc, char **argv)
{
    static uint8_t bytes[MOST];
    int done = 0;

    __sanitizer_set_death_callback(died);
    signal(SIGABRT, aborted);
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (!file) {
            perror(argv[i]);
            printf("%d passed, 1 failed\n", done);
            return 1;
        }
        size_t length = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        name = argv[i];
        check_copy(bytes, length);
        /* Of long ones not every offset, but those near both ends. */
        size_t step = length / CUTS + 1;
        for (size_t cut = 0; cut < length; cut += step)
            check_copy(bytes, cut);
        for (size_t cut = length > 64 ? length - 64 : 0; cut < length; cut++)
            check_copy(bytes, cut);
        done++;
    }
    check_report();
    printf("%d passed, 0 failed\n", done);
    return 0;
}
