/* A big switch: a receiver of framed commands with escapes, lengths and checks, one byte at a time. */
#include "size.h"

enum State { IDLE, START, VERSION, KIND, LENGTH_HIGH, BODY, ESCAPED, CHECK_HIGH, CHECK_LOW, END, NAME, EQUALS,
             SIGN, DIGITS, HEX_0, HEX_DIGITS, QUOTED, AFTER, COMMENT, NEXT_LINE, FAILED };
enum { MARK = 0x7e, ESCAPE = 0x7d };

static uint8_t stream[512];
static struct {
    enum State state;
    uint32_t frames, errors, length, got, value;
    uint16_t check, wanted;
    uint8_t kind, body[64];
    uint32_t visits[FAILED + 1];
} receiver;

static uint32_t put(uint32_t at, uint8_t byte)
{
    if (byte == MARK || byte == ESCAPE) {
        stream[at++] = ESCAPE;
        byte ^= 0x20;
    }
    stream[at++] = byte;
    return at;
}

static uint32_t generate(uint32_t seed)
{
    static const char lines[] = "speed=12;\nmode = \"fast\" # now\nmask=0x7f\n bias=-3\nbad=!\n";
    uint32_t at = 0;

    while (at < 300) {
        seed = seed * 1664525u + 1013904223u;
        uint32_t length = seed >> 24 & 31, check = 0;
        stream[at++] = MARK;
        stream[at++] = 1 + (seed >> 20 & 7 ? 0 : 1);
        stream[at++] = (uint8_t)(seed >> 16 & 3);
        stream[at++] = 0;
        stream[at++] = (uint8_t)length;
        for (uint32_t i = 0; i < length; i++) {
            uint8_t byte = (uint8_t)(seed >> (i & 15));
            check += byte;
            at = put(at, byte);
        }
        at = put(at, (uint8_t)(check >> 8));
        at = put(at, (uint8_t)(check + (seed >> 12 & 7 ? 0 : 1)));
        for (uint32_t i = seed % 20; lines[i] && at % 7; i++)
            stream[at++] = (uint8_t)lines[i];
    }
    return at;
}

static enum State fail(void)
{
    receiver.errors++;
    return FAILED;
}

static bool is_letter(uint8_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }
static bool is_blank(uint8_t c) { return c == ' ' || c == '\t'; }

static enum State body(uint8_t c)
{
    receiver.body[receiver.got++ & 63] = c;
    receiver.check = (uint16_t)(receiver.check + c);
    return receiver.got < receiver.length ? BODY : CHECK_HIGH;
}

static enum State next(enum State state, uint8_t c)
{
    switch (state) {
    case FAILED:
    case IDLE:
        if (c == MARK)
            return START;
        return is_letter(c) ? NAME : c == '#' ? COMMENT : state;
    case START: return c == 1 ? VERSION : c == MARK ? START : fail();
    case VERSION: receiver.kind = c; return c < 4 ? KIND : fail();
    case KIND: receiver.length = (uint32_t)c << 8; return LENGTH_HIGH;
    case LENGTH_HIGH:
        receiver.length |= c;
        receiver.got = receiver.check = 0;
        return receiver.length > 64 ? fail() : receiver.length ? BODY : CHECK_HIGH;
    case BODY: return c == ESCAPE ? ESCAPED : c == MARK ? fail() : body(c);
    case ESCAPED: return body(c ^ 0x20);
    case CHECK_HIGH: receiver.wanted = (uint16_t)(c << 8); return CHECK_LOW;
    case CHECK_LOW:
        receiver.wanted |= c;
        if (receiver.wanted != receiver.check)
            return fail();
        receiver.frames += 1 + receiver.kind;
        return END;
    case END: return c == MARK ? START : is_letter(c) ? NAME : IDLE;
    case NAME: return is_letter(c) ? NAME : is_blank(c) ? EQUALS : c == '=' ? SIGN : c == MARK ? START : fail();
    case EQUALS: return c == '=' ? SIGN : is_blank(c) ? EQUALS : fail();
    case SIGN:
        receiver.value = 0;
        if (is_blank(c))
            return SIGN;
        if (is_digit(c))
            receiver.value = c - '0';
        return c == '-' || c == '+' ? DIGITS : c == '0' ? HEX_0 : is_digit(c) ? DIGITS : c == '"' ? QUOTED : fail();
    case HEX_0:
        if (c == 'x')
            return HEX_DIGITS;
        state = DIGITS;
        __attribute__((fallthrough));
    case DIGITS:
        if (!is_digit(c))
            return c == '\n' ? IDLE : c == ';' ? AFTER : c == MARK ? START : fail();
        receiver.value = receiver.value * 10 + c - '0';
        return state;
    case HEX_DIGITS:
        if (!is_digit(c) && !((c | 32) >= 'a' && (c | 32) <= 'f'))
            return c == '\n' ? IDLE : c == MARK ? START : fail();
        receiver.value = receiver.value << 4 | (uint32_t)(is_digit(c) ? c - '0' : (c | 32) - 'a' + 10);
        return HEX_DIGITS;
    case QUOTED: return c == '"' ? AFTER : c == '\n' ? fail() : QUOTED;
    case AFTER: return c == '\n' ? NEXT_LINE : c == '#' ? COMMENT : is_blank(c) ? AFTER : c == MARK ? START : fail();
    case COMMENT: return c == '\n' ? NEXT_LINE : c == MARK ? START : COMMENT;
    case NEXT_LINE: return is_letter(c) ? NAME : c == MARK ? START : IDLE;
    }
    return FAILED;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    while (rounds--) {
        uint32_t length = generate(rounds);
        for (uint32_t i = 0; i < length; i++) {
            receiver.state = next(receiver.state, stream[i]);
            receiver.visits[receiver.state]++;
            sum += receiver.value;
        }
        sum = fold(sum, receiver.frames << 16 | receiver.errors);
    }
    for (int i = 0; i <= FAILED; i++)
        sum = fold(sum, receiver.visits[i]);
    return sum;
}
