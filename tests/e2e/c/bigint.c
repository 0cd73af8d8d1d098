/* Numbers of 512 bits: addition, multiplication, division by a word, powers modulo a 64-bit number, decimal text. */
#include "e2e.h"

enum { WORDS = 16 };
static uint32_t x[WORDS], y[WORDS], z[WORDS];
static char decimal[200];

static void times(uint32_t *to, const uint32_t *a, const uint32_t *b)
{
    memset(to, 0, WORDS * sizeof *to);
    for (uint32_t i = 0; i < WORDS; i++) {
        uint64_t carry = 0;
        for (uint32_t k = 0; i + k < WORDS; k++) {
            carry += (uint64_t)a[i] * b[k] + to[i + k];
            to[i + k] = (uint32_t)carry;
            carry >>= 32;
        }
    }
}

static uint32_t divide(uint32_t *a, uint32_t by)
{
    uint64_t rest = 0;

    for (int i = WORDS; i-- > 0;) {
        rest = rest << 32 | a[i];
        a[i] = (uint32_t)(rest / by);
        rest %= by;
    }
    return (uint32_t)rest;
}

uint32_t EXPORT(power_digits)(uint32_t base, uint32_t exponent)
{
    uint32_t length = 0, sum = 0;
    bool zero;

    memset(x, 0, sizeof x);
    memset(y, 0, sizeof y);
    x[0] = 1;
    y[0] = base;
    for (exponent %= 64; exponent; exponent >>= 1) {
        if (exponent & 1) {
            times(z, x, y);
            memcpy(x, z, sizeof x);
        }
        times(z, y, y);
        memcpy(y, z, sizeof y);
    }
    do {
        uint32_t digit = divide(x, 10);
        decimal[length++] = (char)('0' + digit);
        sum = sum * 7 + digit;
        zero = true;
        for (int i = 0; i < WORDS; i++)
            zero &= !x[i];
    } while (!zero);
    decimal[length] = 0;
    return sum;
}

uint32_t EXPORT(rest_of)(uint32_t seed, uint32_t by)
{
    random_start(seed);
    for (int i = 0; i < WORDS; i++)
        x[i] = random_next();
    return divide(x, by);                            /* by zero: a trap */
}

static uint64_t mul_mod(uint64_t a, uint64_t b, uint64_t m)
{
    uint64_t r = 0;

    for (; b; b >>= 1) {
        if (b & 1)
            r = r >= m - a ? r - (m - a) : r + a;
        a = a >= m - a ? a - (m - a) : a + a;
    }
    return r;
}

uint64_t EXPORT(power_mod)(uint64_t base, uint32_t exponent, uint64_t modulus)
{
    uint64_t r = 1 % modulus;                        /* may trap */

    base %= modulus;
    for (exponent &= 0xfff; exponent; exponent >>= 1) {
        if (exponent & 1)
            r = mul_mod(r, base, modulus);
        base = mul_mod(base, base, modulus);
    }
    return r;
}

int64_t EXPORT(signed_ops)(int64_t a, int64_t b, uint32_t kind)
{
    switch (kind % 8) {
    case 0: return a / b;                            /* may trap, in two ways */
    case 1: return a % (b ? b : 1);
    case 2: return (int64_t)((uint64_t)a / (uint64_t)b);
    case 3: return (int64_t)((uint64_t)a % (uint64_t)b);
    case 4: return a >> (b & 63);
    case 5: return (int64_t)((uint64_t)a << (b & 63) | (uint64_t)a >> (-b & 63));
    case 6: return __builtin_clzll((uint64_t)a | 1) - __builtin_ctzll((uint64_t)b | 1ull << 63) + __builtin_popcountll((uint64_t)(a ^ b));
    default: return (int8_t)a + (int16_t)b * (int64_t)(int32_t)(a ^ b);
    }
}
