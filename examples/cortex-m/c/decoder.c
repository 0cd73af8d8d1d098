/*
 * Decodes frames from the radio. Somebody else wrote it, its input comes from anybody, and it has the
 * classic fault: it believes the number of samples that a frame claims to have.
 */
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name))) name

static uint8_t frame[64];
static int32_t samples[32];

uint8_t *EXPORT(input)(void) { return frame; }
uint32_t EXPORT(capacity)(void) { return sizeof frame; }
int32_t *EXPORT(output)(void) { return samples; }

/* Seven bits a byte, lowest first; the eighth bit says that more follow. Odd numbers are negative. */
static const uint8_t *decode_number(const uint8_t *in, int32_t *number)
{
    uint32_t bits = 0, shift = 0;

    do
        bits |= (*in & 127u) << (shift & 31);
    while (shift += 7, *in++ & 128);
    *number = (int32_t)(bits >> 1 ^ (0 - (bits & 1)));
    return in;
}

/* A frame: the number of samples in two bytes, then each sample as its difference to the one before. */
uint32_t EXPORT(decode)(void)
{
    uint32_t count = frame[0] | (uint32_t)frame[1] << 8;
    const uint8_t *in = frame + 2;
    uint32_t value = 0;

    for (uint32_t i = 0; i < count; i++) { /* the fault: `count` may exceed 32 */
        int32_t difference;
        in = decode_number(in, &difference);
        value += (uint32_t)difference;
        samples[i] = (int32_t)value;
    }
    return count;
}
