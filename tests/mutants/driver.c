/*
 * driver.c: what herkos-c makes of each of many modules, as one line: accepted with a hash of all
 * that it gives, or refused, with the message where it is to be compared. Modules come from one
 * file: flag, length (4 bytes, little-endian), bytes.
 */
#include <herkos.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t hash(const char *text, size_t length)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < length; i++)
        h = (h ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    return h;
}

int main(int argc, char **argv)
{
    static uint8_t bytes[1 << 20];
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    HerkosOptions options = {.name = "m", .file = "m.wasm"};
    HerkosResult result;
    uint8_t head[5];

    if (!file)
        return 2;
    while (fread(head, 1, sizeof head, file) == sizeof head) {
        size_t length =
            head[1] | (size_t)head[2] << 8 | (size_t)head[3] << 16 | (size_t)head[4] << 24;
        if (length > sizeof bytes || fread(bytes, 1, length, file) != length)
            return 2;
        if (herkos_transpile(bytes, length, &options, &result)) {
            printf("accepted %016" PRIx64 " %016" PRIx64 " %016" PRIx64 "\n",
                   hash(result.text, result.text_length), hash(result.report, result.report_length),
                   hash(result.warnings, result.warnings_length));
            herkos_free(&result);
        } else if (head[0]) {
            printf("refused %zu %s\n", result.diagnostic.offset, result.diagnostic.message);
        } else {
            printf("refused\n");
        }
        if (fflush(stdout) != 0)
            return 2;
    }
    fclose(file);
    return 0;
}
