/* The intrinsics of 128-bit vectors: search, blending, matrices, histograms of bits, fixed-point filters, conversions. */
#include <wasm_simd128.h>

#include "e2e.h"

static uint8_t data[1024], out[1024];
static float matrix[3][16];
static int32_t numbers[64];

static void fill(uint32_t seed)
{
    random_start(seed);
    for (uint32_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)(random_next() >> 13);
}

/* The first place of a byte from some place on. The pointer is the caller's: it may lead out of memory. */
int32_t EXPORT(find)(const uint8_t *from, uint32_t length, uint32_t byte)
{
    const v128_t wanted = wasm_i8x16_splat((int8_t)byte);

    length &= 255;
    for (uint32_t i = 0; i < length; i += 16) {
        uint32_t mask = wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(from + i), wanted));
        if (mask)
            return (int32_t)(i + (uint32_t)__builtin_ctz(mask));
    }
    return -1;
}

/* Two pictures over each other, by weight; and the sum of how far the result is from the first. */
uint32_t EXPORT(blend)(uint32_t seed, int32_t weight)
{
    const v128_t one = wasm_i16x8_splat((int16_t)(weight & 255)), other = wasm_i16x8_splat((int16_t)(256 - (weight & 255)));
    v128_t far = wasm_i32x4_splat(0);

    fill(seed);
    for (uint32_t i = 0; i + 32 <= 512; i += 16) {
        v128_t a = wasm_v128_load(data + i), b = wasm_v128_load(data + i + 512);
        v128_t low = wasm_i16x8_add(wasm_i16x8_mul(wasm_u16x8_extend_low_u8x16(a), one),
                                    wasm_i16x8_mul(wasm_u16x8_extend_low_u8x16(b), other));
        v128_t high = wasm_i16x8_add(wasm_i16x8_mul(wasm_u16x8_extend_high_u8x16(a), one),
                                     wasm_i16x8_mul(wasm_u16x8_extend_high_u8x16(b), other));
        v128_t mixed = wasm_u8x16_narrow_i16x8(wasm_u16x8_shr(low, 8), wasm_u16x8_shr(high, 8));
        v128_t apart = wasm_v128_or(wasm_u8x16_sub_sat(mixed, a), wasm_u8x16_sub_sat(a, mixed));
        wasm_v128_store(out + i, wasm_u8x16_avgr(mixed, wasm_u8x16_min(a, b)));
        far = wasm_i32x4_add(far, wasm_u32x4_extadd_pairwise_u16x8(wasm_u16x8_extadd_pairwise_u8x16(apart)));
    }
    return wasm_u32x4_extract_lane(far, 0) + wasm_u32x4_extract_lane(far, 1) + wasm_u32x4_extract_lane(far, 2) +
           wasm_u32x4_extract_lane(far, 3);
}

/* The product of two 4x4 matrices of small numbers, which is exact, and of its transpose. */
float EXPORT(matrices)(uint32_t seed)
{
    v128_t rows[4], trace = wasm_f32x4_splat(0);

    random_start(seed);
    for (int i = 0; i < 16; i++) {
        matrix[0][i] = (float)(int32_t)(random_next() >> 24) - 128;
        matrix[1][i] = (float)(int32_t)(random_next() >> 24) / 4;
    }
    for (int i = 0; i < 4; i++) {
        rows[i] = wasm_f32x4_splat(0);
        for (int k = 0; k < 4; k++)
            rows[i] = wasm_f32x4_add(rows[i], wasm_f32x4_mul(wasm_v128_load32_splat(&matrix[0][4 * i + k]),
                                                             wasm_v128_load(&matrix[1][4 * k])));
    }
    v128_t a = wasm_i32x4_shuffle(rows[0], rows[1], 0, 4, 1, 5), b = wasm_i32x4_shuffle(rows[2], rows[3], 0, 4, 1, 5);
    v128_t c = wasm_i32x4_shuffle(rows[0], rows[1], 2, 6, 3, 7), d = wasm_i32x4_shuffle(rows[2], rows[3], 2, 6, 3, 7);
    wasm_v128_store(&matrix[2][0], wasm_i64x2_shuffle(a, b, 0, 2));
    wasm_v128_store(&matrix[2][4], wasm_i64x2_shuffle(a, b, 1, 3));
    wasm_v128_store(&matrix[2][8], wasm_i64x2_shuffle(c, d, 0, 2));
    wasm_v128_store(&matrix[2][12], wasm_i64x2_shuffle(c, d, 1, 3));
    for (int i = 0; i < 4; i++)
        trace = wasm_f32x4_pmax(trace, wasm_f32x4_abs(wasm_v128_load(&matrix[2][4 * i])));
    return wasm_f32x4_extract_lane(trace, 0) + wasm_f32x4_extract_lane(trace, 3);
}

/* Digits of bytes in base 16, by a table in a vector. */
uint32_t EXPORT(digits)(uint32_t seed, uint32_t shift)
{
    const v128_t table = wasm_i8x16_const('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f');
    uint32_t count = 0;

    fill(seed);
    for (uint32_t i = 0; i < 512; i += 16) {
        v128_t bytes = wasm_v128_load(data + i + (shift & 15));
        v128_t high = wasm_i8x16_swizzle(table, wasm_u8x16_shr(bytes, 4));
        v128_t low = wasm_i8x16_swizzle(table, wasm_v128_and(bytes, wasm_i8x16_splat(15)));
        wasm_v128_store(out + 2 * i, wasm_i8x16_shuffle(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
        wasm_v128_store(out + 2 * i + 16,
                        wasm_i8x16_shuffle(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
        v128_t bits = wasm_i8x16_popcnt(wasm_i8x16_shl(bytes, shift));
        count += (uint32_t)wasm_i8x16_extract_lane(bits, 0) + wasm_u8x16_extract_lane(bits, 15);
    }
    return count;
}

/* A filter in fixed point: products of 16 bits, rounded and saturated; dot products; 64-bit sums. */
int64_t EXPORT(filter)(uint32_t seed, int32_t gain)
{
    v128_t factor = wasm_i16x8_splat((int16_t)gain), sum = wasm_i64x2_splat(0);

    fill(seed);
    for (uint32_t i = 0; i < 512; i += 16) {
        v128_t a = wasm_v128_load(data + i), b = wasm_v128_load(data + i + 512);
        v128_t scaled = wasm_i16x8_q15mulr_sat(a, factor);
        v128_t dot = wasm_i32x4_dot_i16x8(wasm_i16x8_sub_sat(scaled, b), wasm_i16x8_max(a, b));
        v128_t wide = wasm_i64x2_add(wasm_i64x2_extmul_low_i32x4(dot, a), wasm_i64x2_extmul_high_i32x4(dot, b));
        sum = wasm_i64x2_add(wasm_i64x2_shr(sum, 1), wasm_v128_bitselect(wide, dot, wasm_i64x2_lt(wide, sum)));
        wasm_v128_store(out + i, wasm_i16x8_narrow_i32x4(dot, wasm_i32x4_neg(wasm_i32x4_abs(dot))));
    }
    if (!wasm_v128_any_true(sum) || wasm_i32x4_all_true(sum))
        return wasm_i64x2_extract_lane(sum, 0);
    return wasm_i64x2_extract_lane(sum, 1);
}

/* Roots, roundings and conversions of what a caller gives; lanes by hand. */
int32_t EXPORT(conversions)(double x, double y)
{
    v128_t v = wasm_f64x2_replace_lane(wasm_f64x2_splat(x), 1, y);
    v128_t rounded = wasm_f64x2_nearest(wasm_f64x2_div(wasm_f64x2_floor(v), wasm_f64x2_splat(3)));
    v128_t whole = wasm_i32x4_trunc_sat_f64x2_zero(rounded), small = wasm_f32x4_demote_f64x2_zero(wasm_f64x2_ceil(v));
    v128_t roots = wasm_f32x4_sqrt(wasm_f32x4_abs(small));

    whole = wasm_i32x4_add(whole, wasm_u32x4_trunc_sat_f32x4(roots));
    whole = wasm_i32x4_add(whole, wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_convert_i32x4(whole)));
    whole = wasm_v128_xor(whole, wasm_i32x4_trunc_sat_f64x2_zero(wasm_f64x2_promote_low_f32x4(roots)));
    wasm_v128_store(numbers, whole);
    wasm_v128_store8_lane(numbers + 5, whole, 3);
    wasm_v128_store64_lane(numbers + 6, wasm_f64x2_lt(v, wasm_f64x2_splat(0)), 1);
    return wasm_i32x4_extract_lane(wasm_v128_load16_lane(numbers + 1, whole, 1), 0) + numbers[5];
}
