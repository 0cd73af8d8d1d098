/* Small interpreters of text: a regular-expression matcher, an expression parser, UTF-8, and number formatting (with %g-like rounding). */
#include "e2e.h"

static char pattern[16], subject[48], output[64];
static const char *cursor;

static bool here(const char *re, const char *s);

static bool star(char c, const char *re, const char *s)
{
    do
        if (here(re, s))
            return true;
    while (*s && (*s++ == c || c == '.'));
    return false;
}

static bool here(const char *re, const char *s)
{
    if (!re[0])
        return true;
    if (re[1] == '*')
        return star(re[0], re + 2, s);
    if (re[0] == '$' && !re[1])
        return !*s;
    return *s && (re[0] == '.' || re[0] == *s) && here(re + 1, s + 1);
}

int32_t EXPORT(match)(uint32_t seed, uint32_t size, uint32_t length)
{
    uint32_t i;

    random_start(seed);
    for (i = 0; i < size % 8; i++)
        pattern[i] = "abab.*$c"[random_next() >> 8 & 7];
    pattern[i] = 0;
    for (i = 0; i < length % 40; i++)
        subject[i] = "aabbc"[(random_next() >> 8) % 5];
    subject[i] = 0;
    for (const char *s = subject;; s++) {
        if (here(pattern, s))
            return (int32_t)(s - subject);
        if (!*s)
            return -1;
    }
}

static int64_t sum_of(void);

static int64_t atom(void)
{
    int64_t value = 0;

    if (*cursor == '-') {
        cursor++;
        return -atom();
    }
    if (*cursor == '(') {
        cursor++;
        value = sum_of();
        cursor += *cursor == ')';
        return value;
    }
    while (*cursor >= '0' && *cursor <= '9')
        value = (int64_t)((uint64_t)value * 10 + (uint64_t)(*cursor++ - '0'));
    return value;
}

static int64_t product(void)
{
    int64_t value = atom();

    for (;;) {
        switch (*cursor) {
        case '*': cursor++; value = (int64_t)((uint64_t)value * (uint64_t)atom()); break;
        case '/': cursor++; value /= atom(); break;
        case '%': cursor++; value %= atom() | 1; break;
        default: return value;
        }
    }
}

static int64_t sum_of(void)
{
    int64_t value = product();

    while (*cursor == '+' || *cursor == '-')
        value = *cursor++ == '+' ? value + product() : value - product();
    return value;
}

int64_t EXPORT(expression)(uint32_t seed, uint32_t length)
{
    uint32_t i;

    random_start(seed);
    for (i = 0; i < length % 40; i++)
        subject[i] = i % 2 ? "+-*/%()9"[random_next() >> 8 & 7] : "1234567890(-5"[(random_next() >> 8) % 13];
    subject[i] = 0;
    cursor = subject;
    return sum_of();
}

uint32_t EXPORT(utf8)(uint32_t point)
{
    uint8_t *p = (uint8_t *)output;
    uint32_t n, back;

    point %= 0x112000;
    if (point < 0x80) {
        p[0] = (uint8_t)point;
        n = 1;
    } else if (point < 0x800) {
        p[0] = (uint8_t)(0xc0 | point >> 6);
        n = 2;
    } else if (point < 0x10000) {
        p[0] = (uint8_t)(0xe0 | point >> 12);
        n = 3;
    } else {
        p[0] = (uint8_t)(0xf0 | point >> 18);
        n = 4;
    }
    for (uint32_t i = 1; i < n; i++)
        p[i] = (uint8_t)(0x80 | (point >> 6 * (n - 1 - i) & 63));
    back = n == 1 ? p[0] : p[0] & (0xff >> (n + 1));
    for (uint32_t i = 1; i < n; i++)
        back = back << 6 | (p[i] & 63);
    return back << 3 | n;
}

/* Nine significant digits and an exponent. */
int32_t EXPORT(format)(double value)
{
    int exponent = 0;
    char *p = output;
    uint64_t bits;

    memcpy(&bits, &value, 8);
    if ((bits >> 52 & 2047) == 2047 || value == 0)
        return (int32_t)(bits >> 32);
    if (value < 0) {
        *p++ = '-';
        value = -value;
    }
    for (; value >= 1e9; exponent++)
        value /= 10;
    for (; value < 1e8; exponent--)
        value *= 10;
    uint32_t digits = (uint32_t)(value + 0.5);
    for (int i = 8; i >= 0; i--, digits /= 10)
        p[i] = (char)('0' + digits % 10);
    p[9] = 'e';
    p[10] = exponent < 0 ? '-' : '+';
    uint32_t e = (uint32_t)(exponent < 0 ? -exponent : exponent);
    p[11] = (char)('0' + e / 100);
    p[12] = (char)('0' + e / 10 % 10);
    p[13] = (char)('0' + e % 10);
    p[14] = 0;
    return exponent;
}
