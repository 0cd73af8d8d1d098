/*
 * check.h: what holds for herkos-c whatever the input. Used by the fuzzers (target.c) and by the
 * replay of the inputs that were kept (replay.c).
 */
#ifndef CHECK_H
#define CHECK_H

#include <stddef.h>
#include <stdint.h>

/* Transpiles the bytes, with options that depend on them alone, and aborts with a message where a
 * promise is broken. */
void check(const uint8_t *bytes, size_t length);

/* Prints how near the inputs came to the bounds. */
void check_report(void);

#endif
