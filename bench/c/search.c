/* Search of texts: naive, Knuth-Morris-Pratt, Boyer-Moore-Horspool, Rabin-Karp, and many words at once (Aho-Corasick). */
#include "bench.h"

enum { TEXT = 16384, WORDS = 12, STATES = 128, LETTERS = 8 };
static char text[TEXT + 1], word[32];
static uint32_t failure[32], skip[256];
static uint8_t next[STATES][LETTERS], fail[STATES], ends[STATES], queue[STATES];

static uint32_t length_of(const char *s)
{
    uint32_t n = 0;

    while (s[n])
        n++;
    return n;
}

static uint32_t naive(uint32_t m)
{
    uint32_t found = 0;

    for (uint32_t i = 0; i + m <= TEXT; i++) {
        uint32_t k = 0;
        while (k < m && text[i + k] == word[k])
            k++;
        found += k == m;
    }
    return found;
}

static uint32_t knuth_morris_pratt(uint32_t m)
{
    uint32_t found = 0, k = 0;

    failure[0] = 0;
    for (uint32_t i = 1; i < m; i++) {
        while (k && word[i] != word[k])
            k = failure[k - 1];
        k += word[i] == word[k];
        failure[i] = k;
    }
    k = 0;
    for (uint32_t i = 0; i < TEXT; i++) {
        while (k && text[i] != word[k])
            k = failure[k - 1];
        k += text[i] == word[k];
        if (k == m) {
            found++;
            k = failure[k - 1];
        }
    }
    return found;
}

static uint32_t horspool(uint32_t m)
{
    uint32_t found = 0;

    for (int i = 0; i < 256; i++)
        skip[i] = m;
    for (uint32_t i = 0; i + 1 < m; i++)
        skip[(uint8_t)word[i]] = m - 1 - i;
    for (uint32_t i = 0; i + m <= TEXT; i += skip[(uint8_t)text[i + m - 1]]) {
        uint32_t k = m;
        while (k && text[i + k - 1] == word[k - 1])
            k--;
        found += !k;
    }
    return found;
}

static uint32_t rabin_karp(uint32_t m)
{
    uint32_t found = 0, wanted = 0, hash = 0, power = 1;

    for (uint32_t i = 0; i < m; i++) {
        wanted = wanted * 257 + (uint8_t)word[i];
        hash = hash * 257 + (uint8_t)text[i];
        power *= 257;
    }
    for (uint32_t i = 0;; i++) {
        found += hash == wanted;
        if (i + m >= TEXT)
            return found;
        hash = hash * 257 + (uint8_t)text[i + m] - power * (uint8_t)text[i];
    }
}

static uint32_t many(uint32_t seed)
{
    uint32_t states = 1, head = 0, tail = 0, found = 0;

    memset(next, 0, sizeof next);
    memset(ends, 0, sizeof ends);
    memset(fail, 0, sizeof fail);
    for (int w = 0; w < WORDS; w++) {
        uint32_t state = 0, n = 3 + (random_from(&seed) >> 29);
        const char *from = text + random_from(&seed) % (TEXT - 16);
        for (uint32_t i = 0; i < n && states < STATES; i++) {
            uint8_t *to = &next[state][from[i] - 'a'];
            if (!*to)
                *to = (uint8_t)states++;
            state = *to;
        }
        ends[state]++;
    }
    for (int c = 0; c < LETTERS; c++)
        if (next[0][c])
            queue[tail++] = next[0][c];
    while (head < tail) {
        uint8_t state = queue[head++];
        for (int c = 0; c < LETTERS; c++) {
            uint8_t to = next[state][c];
            if (!to) {
                next[state][c] = next[fail[state]][c];
                continue;
            }
            fail[to] = next[fail[state]][c];
            ends[to] = (uint8_t)(ends[to] + ends[fail[to]]);
            queue[tail++] = to;
        }
    }
    for (uint32_t i = 0, state = 0; i < TEXT; i++) {
        state = next[state][text[i] - 'a'];
        found += ends[state];
    }
    return found;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 1;

    while (rounds--) {
        for (int i = 0; i < TEXT; i++) {
            uint32_t r = random_from(&state);
            text[i] = i > 30 && r >> 30 ? text[i - 7] : (char)('a' + (r >> 10) % LETTERS);
        }
        uint32_t m = 4 + rounds % 20;
        memcpy(word, text + 1000 + rounds, m);
        word[m] = 0;
        m = length_of(word);
        sum = fold(sum, naive(m));
        sum = fold(sum, knuth_morris_pratt(m));
        sum = fold(sum, horspool(m));
        sum = fold(sum, rabin_karp(m));
        sum = fold(sum, many(rounds + 1));
    }
    return sum;
}
