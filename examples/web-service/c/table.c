/*
 * Adds up a table of cells: `7=12 8=30` puts 12 into cell 7 and 30 into cell 8; text in quotes is
 * a comment. Numbers may be negative. It has two faults, as untested parsers do.
 */
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name))) name

enum { CELLS = 64, MOST_TEXT = 16384 };

static char text[MOST_TEXT + 1];
static int32_t cells[CELLS];
static const char *at;

char *EXPORT(input)(void) { return text; }
uint32_t EXPORT(input_size)(void) { return MOST_TEXT; }

static int32_t number(void)
{
    int negative = *at == '-';
    uint32_t value = 0;

    for (at += negative; *at >= '0' && *at <= '9'; at++)
        value = value * 10 + (uint32_t)(*at - '0');
    return (int32_t)(negative ? 0 - value : value);
}

static void comment(void)
{
    at++;
    while (*at && *at != '"')
        if (*at != '\\')
            at++; /* the one fault: a backslash is never left behind */
    if (*at)
        at++;
}

/* Returns 0, or 1 + the position of what cannot be read. */
uint32_t EXPORT(parse)(uint32_t length)
{
    text[length] = 0;
    at = text;
    while (*at)
        if (*at == ' ' || *at == '\n') {
            at++;
        } else if (*at == '"') {
            comment();
        } else {
            const char *start = at;
            int32_t cell = number();
            if (at == start || *at != '=')
                return (uint32_t)(at - text) + 1;
            at++;
            cells[cell] = number(); /* the other: who says that there is such a cell? */
        }
    return 0;
}

int32_t EXPORT(sum)(void)
{
    uint32_t sum = 0;

    for (int i = 0; i < CELLS; i++)
        sum += (uint32_t)cells[i];
    return (int32_t)sum;
}
