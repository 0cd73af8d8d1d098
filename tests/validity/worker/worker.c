/*
 * worker.c: transpiles one module after the other, in a process that is built with sanitizers: a
 * fault ends the process, and who waits for the answer knows which module did it.
 *
 * Numbers are of 32 bits, little-endian. In: length, module. Out: phase (0: accepted), offset,
 * length, then the Rust text or the message.
 */
#include <herkos.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECONDS = 30 }; /* for one module; then SIGALRM ends the process */

static bool read_number(uint32_t *number)
{
    uint8_t b[4];

    if (fread(b, 1, sizeof b, stdin) != sizeof b)
        return false;
    *number = b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    return true;
}

static void write_number(size_t number)
{
    uint8_t b[4] = {(uint8_t)number, (uint8_t)(number >> 8), (uint8_t)(number >> 16),
                    (uint8_t)(number >> 24)};

    fwrite(b, 1, sizeof b, stdout);
}

static void answer(const uint8_t *bytes, size_t length)
{
    HerkosOptions options = {.name = "input", .file = "input.wasm"};
    HerkosResult result;

    alarm(SECONDS);
    bool accepted = herkos_transpile(bytes, length, &options, &result);
    alarm(0);
    const char *text = accepted ? result.text : result.diagnostic.message;
    size_t text_length = accepted ? result.text_length : strlen(text);
    write_number(accepted ? HERKOS_PHASE_NONE : result.diagnostic.phase);
    write_number(accepted ? 0 : result.diagnostic.offset);
    write_number(text_length);
    fwrite(text, 1, text_length, stdout);
    fflush(stdout);
    if (accepted)
        herkos_free(&result);
}

int main(void)
{
    uint32_t length;

    while (read_number(&length)) {
        /* Of exactly that size, so that the sanitizer sees a read past its end. */
        uint8_t *bytes = malloc(length ? length : 1);
        if (!bytes || fread(bytes, 1, length, stdin) != length)
            return 2;
        answer(bytes, length);
        free(bytes);
    }
    return 0;
}
