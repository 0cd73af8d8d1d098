/* Primes: the sieve of Eratosthenes by bytes, by bits and in segments; the test of Miller and Rabin. */
#include "bench.h"

enum { BYTES = 32768, BITS = 262144, SEGMENT = 8192 };
static uint8_t composite[BYTES];
static uint32_t bits[BITS / 32];
static uint16_t primes[4000];
static uint8_t segment[SEGMENT];

static uint32_t by_bytes(void)
{
    uint32_t count = 0;

    memset(composite, 0, sizeof composite);
    for (uint32_t i = 2; i < BYTES; i++) {
        if (composite[i])
            continue;
        primes[count++] = (uint16_t)i;
        for (uint32_t k = i * i; i < 182 && k < BYTES; k += i)
            composite[k] = 1;
    }
    return count;
}

static uint32_t by_bits(void)
{
    uint32_t count = 0;

    memset(bits, 0xff, sizeof bits);
    for (uint32_t i = 2; i * i < BITS; i++)
        if (bits[i / 32] >> i % 32 & 1)
            for (uint32_t k = i * i; k < BITS; k += i)
                bits[k / 32] &= ~(1u << k % 32);
    for (uint32_t i = 0; i < BITS / 32; i++)
        count += (uint32_t)__builtin_popcount(bits[i]);
    return count - 2;
}

static uint32_t in_segment(uint32_t start, uint32_t count)
{
    uint32_t found = 0;

    memset(segment, 0, sizeof segment);
    for (uint32_t i = 0; i < count && (uint32_t)primes[i] * primes[i] < start + SEGMENT; i++) {
        uint32_t p = primes[i], k = (p - start % p) % p;
        for (; k < SEGMENT; k += p)
            segment[k] = 1;
    }
    for (int i = 0; i < SEGMENT; i++)
        found += !segment[i];
    return found;
}

static uint32_t power(uint32_t base, uint32_t exponent, uint32_t n)
{
    uint64_t result = 1, b = base % n;

    for (; exponent; exponent >>= 1) {
        if (exponent & 1)
            result = result * b % n;
        b = b * b % n;
    }
    return (uint32_t)result;
}

static bool is_prime(uint32_t n)
{
    uint32_t odd = n - 1, twos = 0;

    for (; odd % 2 == 0; odd /= 2)
        twos++;
    for (uint32_t base = 2; base <= 7; base += base == 2 ? 1 : 2) {
        uint64_t x = power(base, odd, n);
        bool good = x == 1 || x == n - 1;
        for (uint32_t i = 1; !good && i < twos; i++) {
            x = x * x % n;
            good = x == n - 1;
        }
        if (!good)
            return false;
    }
    return true;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    while (rounds--) {
        uint32_t count = by_bytes();
        sum = fold(sum, count);
        sum = fold(sum, by_bits());
        sum = fold(sum, in_segment(1000000 + rounds * 1000, count));
        for (uint32_t n = 1000001; n < 1000101; n += 2)
            sum = fold(sum, is_prime(n + 2 * rounds));
    }
    return sum;
}
