/*
 * target.c: the entry points of libFuzzer, which AFL++ knows, too.
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
/* Of the crate mutator: changes the module taken apart, so that sizes and counts fit again. */
size_t herkos_mutate(uint8_t *data, size_t size, size_t most, uint32_t seed);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Of exactly that size, so that a read past its end is seen. */
    uint8_t *bytes = malloc(size ? size : 1);

    if (!bytes)
        return -1;
    if (size)
        memcpy(bytes, data, size);
    check(bytes, size);
    free(bytes);
    return 0;
}

/* Three of four mutants are modules taken apart and put together; the rest are bytes. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    if (seed % 4) {
        size_t changed = herkos_mutate(data, size, most, seed);
        if (changed)
            return changed;
    }
    return LLVMFuzzerMutate(data, size, most);
}
