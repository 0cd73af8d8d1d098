#include <stdint.h>

/* What a weather station sends, once it is parsed. */
struct report {
    char station[16];
    int32_t count;
    int32_t readings[8];
};

/* A length and so many letters, a count (4 bytes, the lowest first), and so many bytes, each a
   reading. Returns the number of bytes that were read, or -1 if there are too few. */
int32_t parse_report(const uint8_t *data, uint32_t length, struct report *report);
