/* Powers modulo a number of 1024 bits, by Montgomery's multiplication, as RSA needs them. */
#include "bench.h"

enum { LIMBS = 32 };
static uint32_t modulus[LIMBS], base[LIMBS], result[LIMBS], square[LIMBS], inverse;

static bool is_less(const uint32_t *a, const uint32_t *b)
{
    for (int i = LIMBS - 1; i >= 0; i--)
        if (a[i] != b[i])
            return a[i] < b[i];
    return false;
}

static void subtract(uint32_t *a, const uint32_t *b)
{
    int64_t borrow = 0;

    for (int i = 0; i < LIMBS; i++) {
        borrow += (int64_t)a[i] - b[i];
        a[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
}

/* a b / 2^1024 modulo the modulus, to `to`, which may be a or b. */
static void multiply(uint32_t *to, const uint32_t *a, const uint32_t *b)
{
    uint32_t t[LIMBS + 2] = {0};

    for (int i = 0; i < LIMBS; i++) {
        uint64_t carry = 0;
        for (int k = 0; k < LIMBS; k++) {
            carry += (uint64_t)a[i] * b[k] + t[k];
            t[k] = (uint32_t)carry;
            carry >>= 32;
        }
        carry += t[LIMBS];
        t[LIMBS] = (uint32_t)carry;
        t[LIMBS + 1] = (uint32_t)(carry >> 32);
        uint32_t factor = t[0] * inverse;
        carry = ((uint64_t)factor * modulus[0] + t[0]) >> 32;
        for (int k = 1; k < LIMBS; k++) {
            carry += (uint64_t)factor * modulus[k] + t[k];
            t[k - 1] = (uint32_t)carry;
            carry >>= 32;
        }
        carry += t[LIMBS];
        t[LIMBS - 1] = (uint32_t)carry;
        t[LIMBS] = t[LIMBS + 1] + (uint32_t)(carry >> 32);
    }
    memcpy(to, t, LIMBS * sizeof *to);
    if (t[LIMBS] || !is_less(to, modulus))
        subtract(to, modulus);
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 1;

    for (int i = 0; i < LIMBS; i++)
        modulus[i] = random_from(&state);
    modulus[0] |= 1;
    modulus[LIMBS - 1] |= 0x80000000;
    inverse = 1;
    for (int i = 0; i < 5; i++)
        inverse *= 2 - modulus[0] * inverse;
    inverse = 0u - inverse;
    while (rounds--) {
        for (int i = 0; i < LIMBS; i++)
            base[i] = result[i] = random_from(&state);
        base[LIMBS - 1] = result[LIMBS - 1] >>= 1;
        for (uint32_t exponent = 0x10001 + (rounds << 8); exponent > 1; exponent >>= 1) {
            multiply(square, result, result);
            memcpy(result, square, sizeof result);
            if (exponent & 1)
                multiply(result, result, base);
        }
        for (int i = 0; i < LIMBS; i++)
            sum = fold(sum, result[i]);
    }
    return sum;
}
