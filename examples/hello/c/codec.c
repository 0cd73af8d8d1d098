/* A small C library: CRC-32 and a run-length code. It knows nothing of Rust, and needs no libc. */
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name))) name

/* Where the caller puts its data: the first half for input, the second for output. */
static uint8_t buffer[32768];
static const uint32_t half = sizeof buffer / 2;

uint8_t *EXPORT(input)(void) { return buffer; }
uint8_t *EXPORT(output)(void) { return buffer + half; }
uint32_t EXPORT(capacity)(void) { return half; }

/* The CRC-32 of zip, gzip and Ethernet: reflected, polynomial 0xedb88320. */
uint32_t EXPORT(crc32)(const uint8_t *data, uint32_t length)
{
    static uint32_t table[256];

    if (!table[255])
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t crc = i;
            for (int bit = 0; bit < 8; bit++)
                crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
            table[i] = crc;
        }
    uint32_t crc = ~0u;
    while (length--)
        crc = crc >> 8 ^ table[(crc ^ *data++) & 255];
    return ~crc;
}

/*
 * PackBits: a byte n < 128 is followed by n + 1 bytes to copy, a byte n > 128 by one byte to
 * repeat 257 - n times. Both return the number of bytes written, or -1 when it does not fit.
 */
int32_t EXPORT(pack)(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t room)
{
    uint32_t written = 0;

    for (uint32_t i = 0; i < length;) {
        uint32_t run = 1;
        while (i + run < length && run < 128 && in[i + run] == in[i])
            run++;
        uint32_t literal = run < 3 ? 1 : 0;
        while (literal && i + literal < length && literal < 128
               && !(i + literal + 2 < length && in[i + literal] == in[i + literal + 1]
                    && in[i + literal] == in[i + literal + 2]))
            literal++;
        uint32_t payload = literal ? literal : 1;
        if (written + 1 + payload > room)
            return -1;
        out[written++] = (uint8_t)(literal ? literal - 1 : 257 - run);
        for (uint32_t k = 0; k < payload; k++)
            out[written++] = in[i + k];
        i += literal ? literal : run;
    }
    return (int32_t)written;
}

int32_t EXPORT(unpack)(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t room)
{
    uint32_t written = 0;

    for (uint32_t i = 0; i < length;) {
        uint32_t code = in[i++], count = code < 128 ? code + 1 : 257 - code;
        if (code == 128)
            continue;
        if (written + count > room || i + (code < 128 ? count : 1) > length)
            return -1;
        for (uint32_t k = 0; k < count; k++)
            out[written++] = code < 128 ? in[i++] : in[i];
        i += code > 128;
    }
    return (int32_t)written;
}
