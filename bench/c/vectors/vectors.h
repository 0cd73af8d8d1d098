/*
 * What the programs with vectors share. Each is compiled three times from the same text: natively, to WebAssembly with
 * -msimd128, and without. Loops are left to clang's vectoriser where it vectorises them for both; else they are written with
 * vector types, which clang compiles to what the target has, and a few operations that C has no words for.
 */
#ifndef VECTORS_H
#define VECTORS_H

#include "../bench.h"

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef uint8_t u8x16 __attribute__((vector_size(16)));
typedef int8_t i8x16 __attribute__((vector_size(16)));
typedef uint16_t u16x8 __attribute__((vector_size(16)));
typedef int16_t i16x8 __attribute__((vector_size(16)));
typedef uint32_t u32x4 __attribute__((vector_size(16)));
typedef int32_t i32x4 __attribute__((vector_size(16)));
typedef float f32x4 __attribute__((vector_size(16)));

#define LOAD(type, from)                                  \
    ({                                                    \
        type value_;                                      \
        __builtin_memcpy(&value_, (from), sizeof value_); \
        value_;                                           \
    })
#define STORE(to, value)                                  \
    do {                                                  \
        __typeof__(value) value_ = (value);               \
        __builtin_memcpy((to), &value_, sizeof value_);   \
    } while (0)

/* Bit i is the sign of lane i. */
__attribute__((unused)) static uint32_t signs(u8x16 a)
{
#if defined(__wasm_simd128__)
    return wasm_i8x16_bitmask((v128_t)a);
#elif defined(__SSE2__)
    return (uint32_t)_mm_movemask_epi8((__m128i)a);
#else
    uint32_t bits = 0;

    for (int i = 0; i < 16; i++)
        bits |= (uint32_t)(a[i] >> 7) << i;
    return bits;
#endif
}

/* The sums of each two products. */
__attribute__((unused)) static i32x4 dot(i16x8 a, i16x8 b)
{
#if defined(__wasm_simd128__)
    return (i32x4)wasm_i32x4_dot_i16x8((v128_t)a, (v128_t)b);
#elif defined(__SSE2__)
    return (i32x4)_mm_madd_epi16((__m128i)a, (__m128i)b);
#else
    i32x4 sums;

    for (int i = 0; i < 4; i++)
        sums[i] = a[2 * i] * b[2 * i] + a[2 * i + 1] * b[2 * i + 1];
    return sums;
#endif
}

/* The nearest bytes to the lanes of both. */
__attribute__((unused)) static u8x16 narrow(i16x8 a, i16x8 b)
{
#if defined(__wasm_simd128__)
    return (u8x16)wasm_u8x16_narrow_i16x8((v128_t)a, (v128_t)b);
#elif defined(__SSE2__)
    return (u8x16)_mm_packus_epi16((__m128i)a, (__m128i)b);
#else
    u8x16 bytes;

    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(a[i] < 0 ? 0 : a[i] > 255 ? 255 : a[i]);
        bytes[i + 8] = (uint8_t)(b[i] < 0 ? 0 : b[i] > 255 ? 255 : b[i]);
    }
    return bytes;
#endif
}

#define LOW_BYTES(a, zero)  ((i16x8)__builtin_shufflevector(a, zero, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23))
#define HIGH_BYTES(a, zero) \
    ((i16x8)__builtin_shufflevector(a, zero, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31))

__attribute__((unused)) static uint32_t fold_bytes(uint32_t sum, const void *bytes, size_t n)
{
    for (size_t i = 0; i + 4 <= n; i += 4)
        sum = fold(sum, LOAD(uint32_t, (const char *)bytes + i));
    return sum;
}

__attribute__((unused)) static void fill_bytes(void *bytes, size_t n, uint32_t seed)
{
    for (size_t i = 0; i < n; i++)
        ((uint8_t *)bytes)[i] = (uint8_t)(random_from(&seed) >> 16);
}

/* From -1 to 1. */
__attribute__((unused)) static void fill_floats(float *floats, size_t n, uint32_t seed)
{
    for (size_t i = 0; i < n; i++)
        floats[i] = (float)(int)(random_from(&seed) >> 8) / (1 << 23) - 1;
}

#endif
