/* Where Rust puts what the library reads, and finds what it wrote. */
#include "report.h"

static uint8_t data[256];
static struct report result;

uint8_t *input(void) { return data; }
uint32_t input_size(void) { return sizeof data; }
struct report *output(void) { return &result; }
