/*
 * csmith.h: what csmith's programs include, without a C library: the checksum is the result of run(), which a native
 * build prints. Functions for arithmetic without undefined behaviour are csmith's own.
 */
#ifndef CSMITH_H
#define CSMITH_H

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#define STATIC static
#define UNDEFINED(value) (value)
#define LOG_INDEX
#define LOG_EXEC
#define FUNC_NAME(name) (safe_##name)
#define _CSMITH_BITFIELD(x) ((x) > 32 ? (x) % 32 : (x))

/* Programs print only what nobody asks for here. */
int printf(const char *format, ...);
#define printf(...) ((void)0)

#include "safe_math.h"

static uint32_t crc32_context = 0xffffffff;
static uint32_t checksum;

static void crc32_gentab(void)
{
}

static void crc32_byte(uint8_t byte)
{
    crc32_context ^= byte;
    for (int i = 0; i < 8; i++)
        crc32_context = (crc32_context >> 1) ^ (crc32_context & 1 ? 0xedb88320 : 0);
}

static void transparent_crc(uint64_t value, const char *name, int show)
{
    (void)name, (void)show;
    for (int i = 0; i < 8; i++)
        crc32_byte((uint8_t)(value >> (8 * i)));
}

static void transparent_crc_bytes(const void *bytes, int count, const char *name, int show)
{
    (void)name, (void)show;
    for (int i = 0; i < count; i++)
        crc32_byte(((const uint8_t *)bytes)[i]);
}

static void platform_main_begin(void)
{
}

static void platform_main_end(uint32_t crc, int show)
{
    (void)show;
    checksum = crc;
}

#ifdef __wasm__

#define strcmp csmith_strcmp
static int strcmp(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return (uint8_t)*a - (uint8_t)*b;
}

/* What clang calls by itself. */
void *memcpy(void *to, const void *from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ((volatile uint8_t *)to)[i] = ((const uint8_t *)from)[i];
    return to;
}

void *memset(void *to, int byte, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ((volatile uint8_t *)to)[i] = (uint8_t)byte;
    return to;
}

#define main program
int program();

uint32_t run(void)
{
    crc32_context = 0xffffffff;
    program(0, (char **)0);
    return checksum;
}

#else

#include <string.h>

#define main program
int program();

#undef main
int main(void)
{
    program(0, (char **)0);
    (printf)("%u\n", (unsigned)checksum);
    return 0;
}
#define main program

#endif

#endif
