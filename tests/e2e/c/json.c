/* A JSON tokenizer and a recursive validator with numbers, escapes and depth; and a generator of test input. */
#include "e2e.h"

enum { SIZE = 700 };
static char text[SIZE + 32];
static uint32_t length, at, depth;
static struct {
    uint32_t objects, arrays, strings, numbers, words, deepest;
    double sum;
} found;

static void put(char c)
{
    if (length < SIZE)
        text[length++] = c;
}

static void generate(uint32_t level)
{
    uint32_t kind = random_next() >> 9 & 7, n = random_next() >> 9 & 3;

    if (level > 5)
        kind &= 3;
    switch (kind) {
    case 0: put('t'); put('r'); put('u'); put('e'); break;
    case 1:
        put('"');
        for (uint32_t i = 0; i < n * 2; i++) {
            uint32_t r = random_next() >> 9 & 63;
            if (r < 4)
                put('\\');
            put(r < 4 ? "n\\\"u"[r] : (char)('!' + 2 + r));
            for (int k = 0; r == 3 && k < 4; k++)
                put("09aF"[k]);
        }
        put('"');
        break;
    case 2: case 3:
        put('-');
        for (uint32_t i = 0; i <= n; i++)
            put((char)('1' + (random_next() >> 12) % 9));
        if (n) {
            put('.');
            put('5');
        }
        if (n == 3) {
            put('e');
            put('2');
        }
        break;
    case 4: case 5:
        put('[');
        for (uint32_t i = 0; i < n; i++) {
            generate(level + 1);
            if (i + 1 < n)
                put(',');
        }
        put(']');
        break;
    default:
        put('{');
        for (uint32_t i = 0; i < n; i++) {
            put('"'); put((char)('a' + i)); put('"'); put(':'); put(' ');
            generate(level + 1);
            if (i + 1 < n)
                put(',');
        }
        put('}');
    }
}

static void blanks(void)
{
    while (text[at] == ' ' || text[at] == '\n' || text[at] == '\t')
        at++;
}

static bool word(const char *w)
{
    for (; *w; w++)
        if (text[at++] != *w)
            return false;
    found.words++;
    return true;
}

static bool string(void)
{
    found.strings++;
    for (at++; text[at] != '"'; at++) {
        if ((unsigned char)text[at] < ' ')
            return false;
        if (text[at] != '\\')
            continue;
        switch (text[++at]) {
        case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't': break;
        case 'u':
            for (int i = 0; i < 4; i++) {
                char c = text[++at] | 32;
                if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
                    return false;
            }
            break;
        default: return false;
        }
    }
    at++;
    return true;
}

static bool number(void)
{
    double value = 0, scale = 1;
    bool minus = text[at] == '-';
    uint32_t start = at += minus;
    int exponent = 0;

    while (text[at] >= '0' && text[at] <= '9')
        value = value * 10 + (text[at++] - '0');
    if (at == start || (text[start] == '0' && at > start + 1))
        return false;
    if (text[at] == '.')
        for (at++; text[at] >= '0' && text[at] <= '9'; at++)
            value += (text[at] - '0') * (scale /= 10);
    if ((text[at] | 32) == 'e') {
        at++;
        int sign = text[at] == '-' ? -1 : 1;
        at += text[at] == '-' || text[at] == '+';
        while (text[at] >= '0' && text[at] <= '9' && exponent < 300)
            exponent = exponent * 10 + text[at++] - '0';
        for (; exponent; exponent--)
            value = sign < 0 ? value / 10 : value * 10;
    }
    found.numbers++;
    found.sum += minus ? -value : value;
    return true;
}

static bool value(void)
{
    bool good = false;

    if (++depth > 20)
        return false;
    if (depth > found.deepest)
        found.deepest = depth;
    blanks();
    char open = text[at];
    switch (open) {
    case '"': good = string(); break;
    case 't': good = word("true"); break;
    case 'f': good = word("false"); break;
    case 'n': good = word("null"); break;
    case '[':
    case '{': {
        char close = open == '[' ? ']' : '}';
        *(open == '[' ? &found.arrays : &found.objects) += 1;
        at++;
        blanks();
        if (text[at] == close) {
            at++;
            good = true;
            break;
        }
        for (;;) {
            blanks();
            if (open == '{' && (text[at] != '"' || !string() || text[at++] != ':'))
                return false;
            if (!value())
                return false;
            blanks();
            if (text[at] != ',')
                break;
            at++;
        }
        good = text[at++] == close;
        break;
    }
    default: good = number();
    }
    depth--;
    return good;
}

int32_t EXPORT(json)(uint32_t seed, uint32_t damage)
{
    length = at = depth = 0;
    memset(&found, 0, sizeof found);
    memset(text, 0, sizeof text);
    random_start(seed);
    generate(0);
    while (length < 20)
        put(' ');
    if (damage & 1)
        text[(damage >> 1) % length] ^= (char)(1 << (damage >> 24 & 7));
    bool good = value();
    blanks();
    good = good && at == length;
    return (good ? 1 : -1) * (int32_t)(at * 64 + found.deepest);
}

double EXPORT(json_sum)(void) { return found.sum; }
