/* String functions on generated text: search, split, compare, reverse, upper case, number formatting and parsing. */
#include "e2e.h"

static char text[512], out[512];
static const char *words[64];

static size_t length_of(const char *s)
{
    const char *p = s;
    while (*p)
        p++;
    return (size_t)(p - s);
}

static int compare(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return (unsigned char)*a - (unsigned char)*b;
}

static const char *find(const char *hay, const char *needle)
{
    for (; *hay; hay++) {
        size_t i = 0;
        while (needle[i] && hay[i] == needle[i])
            i++;
        if (!needle[i])
            return hay;
    }
    return NULL;
}

static void generate(uint32_t seed, uint32_t length)
{
    random_start(seed);
    for (uint32_t i = 0; i < length; i++) {
        uint32_t r = random_next() >> 7;
        text[i] = r % 6 == 0 ? ' ' : (char)("abcdeABCDE019.-z"[r % 16]);
    }
    text[length] = 0;
}

/* Splits, sorts the words, joins them in upper case. */
uint32_t EXPORT(words_sorted)(uint32_t seed, uint32_t length)
{
    uint32_t count = 0, at = 0, hash = 5381;

    generate(seed, length % 300);
    for (char *p = text; *p && count < 64;) {
        while (*p == ' ')
            *p++ = 0;
        if (*p)
            words[count++] = p;
        while (*p && *p != ' ')
            p++;
    }
    for (uint32_t i = 1; i < count; i++)
        for (uint32_t k = i; k > 0 && compare(words[k - 1], words[k]) > 0; k--) {
            const char *t = words[k];
            words[k] = words[k - 1];
            words[k - 1] = t;
        }
    for (uint32_t i = 0; i < count; i++) {
        for (const char *p = words[i]; *p; p++)
            out[at++] = *p >= 'a' && *p <= 'z' ? *p - 32 : *p;
        out[at++] = i + 1 < count ? '_' : 0;
    }
    for (const char *p = out; *p; p++)
        hash = hash * 33 ^ (uint32_t)(signed char)*p;
    return hash ^ count;
}

int32_t EXPORT(search)(uint32_t seed, uint32_t a, uint32_t b)
{
    char needle[4] = {"abcdeABCDE019.-z"[a % 16], "abcdeABCDE019.-z"[b % 16], 0, 0};
    int32_t found = 0;

    generate(seed, 400);
    for (const char *p = text; (p = find(p, needle)); p++)
        found = found * 3 + (int32_t)(p - text);
    return found - (int32_t)length_of(text);
}

/* A signed number in a base, and back. */
int64_t EXPORT(number)(int64_t value, uint32_t base)
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value, back = 0;
    char *p = out + 100;

    base = base % 35 + 2;
    *p = 0;
    do
        *--p = "0123456789abcdefghijklmnopqrstuvwxyz"[rest % base];
    while (rest /= base);
    if (value < 0)
        *--p = '-';
    for (const char *q = p + (*p == '-'); *q; q++)
        back = back * base + (uint64_t)(*q <= '9' ? *q - '0' : *q - 'a' + 10);
    return (*p == '-' ? (int64_t)(0 - back) : (int64_t)back) - (int64_t)length_of(p);
}

/* The pointers are the caller's. */
int32_t EXPORT(compare_at)(const char *a, const char *b) { return compare(a, b); }
uint32_t EXPORT(length_at)(const char *a) { return length_of(a) & 0xffff; }
