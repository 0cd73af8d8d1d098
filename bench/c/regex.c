/*
 * Regular expressions (| * + ? . [ ] ^ $ and groups): compiled to a small byte code, which is run on all threads of a
 * match at once, one character after the other, without backtracking.
 */
#include "bench.h"

enum { CHAR, ANY, SET, SPLIT, JUMP, BEGIN, END, MATCH, CODE = 256, SETS = 8, TEXT = 2048 };
static struct Instr {
    uint8_t op, value;
    int16_t x, y;
} code[CODE];
static uint32_t sets[SETS][8];
static int16_t lists[2][CODE], marks[CODE];
static int32_t counts[2], generation;
static int count, set_count;
static const char *cursor;
static char text[TEXT + 1];

static int emit(uint8_t op, uint8_t value, int x, int y)
{
    code[count] = (struct Instr){op, value, (int16_t)x, (int16_t)y};
    return count++;
}

/* Makes room for an instruction before those from `at` on. */
static void insert(int at, struct Instr instr)
{
    for (int i = count++; i > at; i--) {
        code[i] = code[i - 1];
        if (code[i].op == SPLIT || code[i].op == JUMP) {
            code[i].x = (int16_t)(code[i].x + (code[i].x >= at));
            code[i].y = (int16_t)(code[i].y + (code[i].y >= at));
        }
    }
    code[at] = instr;
}

static void alternatives(void);

static void atom(void)
{
    switch (*cursor) {
    case '(':
        cursor++;
        alternatives();
        cursor++;
        break;
    case '[': {
        bool inverted = *++cursor == '^';
        uint32_t *set = sets[set_count];
        cursor += inverted;
        memset(set, 0, sizeof sets[0]);
        for (; *cursor != ']'; cursor++) {
            uint8_t from = (uint8_t)*cursor, to = cursor[1] == '-' ? (uint8_t)cursor[2] : from;
            for (uint32_t c = from; c <= to; c++)
                set[c / 32] |= 1u << c % 32;
            cursor += from == to ? 0 : 2;
        }
        for (int i = 0; inverted && i < 8; i++)
            set[i] = ~set[i];
        cursor++;
        emit(SET, (uint8_t)set_count++, 0, 0);
        break;
    }
    case '.': cursor++; emit(ANY, 0, 0, 0); break;
    case '^': cursor++; emit(BEGIN, 0, 0, 0); break;
    case '$': cursor++; emit(END, 0, 0, 0); break;
    default: emit(CHAR, (uint8_t)*cursor++, 0, 0);
    }
}

static void sequence(void)
{
    while (*cursor && *cursor != '|' && *cursor != ')') {
        int start = count;
        atom();
        if (*cursor == '*') {
            insert(start, (struct Instr){SPLIT, 0, (int16_t)(start + 1), (int16_t)(count + 2)});
            emit(JUMP, 0, start, 0);
            cursor++;
        } else if (*cursor == '+') {
            emit(SPLIT, 0, start, count + 1);
            cursor++;
        } else if (*cursor == '?') {
            insert(start, (struct Instr){SPLIT, 0, (int16_t)(start + 1), (int16_t)(count + 1)});
            cursor++;
        }
    }
}

static void alternatives(void)
{
    int start = count;

    sequence();
    while (*cursor == '|') {
        insert(start, (struct Instr){SPLIT, 0, (int16_t)(start + 1), (int16_t)(count + 2)});
        int jump = emit(JUMP, 0, 0, 0);
        cursor++;
        sequence();
        code[jump].x = (int16_t)count;
    }
}

static void compile(const char *pattern)
{
    count = set_count = 0;
    cursor = pattern;
    alternatives();
    emit(MATCH, 0, 0, 0);
}

static void follow(int list, int pc, uint32_t at)
{
    if (marks[pc] == (int16_t)generation)
        return;
    marks[pc] = (int16_t)generation;
    switch (code[pc].op) {
    case JUMP: follow(list, code[pc].x, at); break;
    case SPLIT:
        follow(list, code[pc].x, at);
        follow(list, code[pc].y, at);
        break;
    case BEGIN:
        if (at == 0 || text[at - 1] == '\n')
            follow(list, pc + 1, at);
        break;
    case END:
        if (!text[at] || text[at] == '\n')
            follow(list, pc + 1, at);
        break;
    default: lists[list][counts[list]++] = (int16_t)pc;
    }
}

/* How many places of the text a match ends at, and their sum. */
static uint32_t matches(void)
{
    uint32_t found = 0, places = 0;
    int now = 0;

    memset(marks, 0xff, sizeof marks);
    generation = 0;
    counts[now] = 0;
    for (uint32_t at = 0;; at++) {
        follow(now, 0, at);
        uint8_t c = (uint8_t)text[at];
        generation = (generation + 1) & 0x7fff;
        counts[now ^ 1] = 0;
        for (int i = 0; i < counts[now]; i++) {
            const struct Instr *in = &code[lists[now][i]];
            bool on = false;
            switch (in->op) {
            case CHAR: on = c == in->value; break;
            case ANY: on = c && c != '\n'; break;
            case SET: on = c && (sets[in->value][c / 32] >> c % 32 & 1); break;
            case MATCH:
                found++;
                places += at;
                break;
            }
            if (on)
                follow(now ^ 1, lists[now][i] + 1, at + 1);
        }
        if (!c)
            return found << 20 ^ places;
        now ^= 1;
    }
}

static void write_text(uint32_t seed)
{
    static const char *const words[] = {"error", "warning: ", "42", "127.0.0.1 ", "foo@bar.org", " = ", "0x1f", "\n",
                                        "if (x) ", "aaab", "2024-02-29", "; ", "GET /index.html ", "note", "(", ") "};
    uint32_t n = 0;

    while (n < TEXT) {
        const char *w = words[random_from(&seed) >> 28];
        while (*w && n < TEXT)
            text[n++] = *w++;
    }
    text[n] = 0;
}

uint32_t run(uint32_t rounds)
{
    static const char *const patterns[] = {
        "[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+", "(error|warning|note)+:? ?", "[a-z]+@[a-z]+[.](org|com|net)", "^(a|aa)+b.*$",
        "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]", "(GET|POST) /[^ ]* ", "0x[0-9a-f]+|[0-9]+", "(if|while) \\(.*\\)",
    };
    uint32_t sum = 0;

    while (rounds--) {
        write_text(rounds + 1);
        for (uint32_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
            compile(patterns[i]);
            sum = fold(sum, matches());
        }
    }
    return sum;
}
