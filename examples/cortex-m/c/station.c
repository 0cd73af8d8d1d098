/* Reports temperatures. It may write to the console, because its host grants it that. */
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name))) name
#define IMPORT(module, name) __attribute__((import_module(#module), import_name(#name)))

IMPORT(console, write) void console_write(const char *text, uint32_t length);

static char line[80];
static uint32_t length;
static int32_t highest = INT32_MIN;

static void put(char c)
{
    if (length < sizeof line)
        line[length++] = c;
}

static void put_text(const char *text)
{
    while (*text)
        put(*text++);
}

static void put_number(uint32_t number)
{
    char digits[10];
    uint32_t count = 0;

    do
        digits[count++] = (char)('0' + number % 10);
    while (number /= 10);
    while (count)
        put(digits[--count]);
}

static void put_tenths(int32_t tenths)
{
    uint32_t size = tenths < 0 ? 0 - (uint32_t)tenths : (uint32_t)tenths;

    if (tenths < 0)
        put('-');
    put_number(size / 10);
    put('.');
    put((char)('0' + size % 10));
}

static void end_line(void)
{
    put('\n');
    console_write(line, length);
    length = 0;
}

void EXPORT(begin)(uint32_t frame)
{
    put_text("frame ");
    put_number(frame);
    put(':');
}

/* One sample, in tenths of a degree. */
void EXPORT(sample)(int32_t tenths)
{
    if (tenths > highest)
        highest = tenths;
    put(' ');
    put_tenths(tenths);
}

void EXPORT(end)(void) { end_line(); }

void EXPORT(summary)(void)
{
    put_text("highest: ");
    put_tenths(highest);
    end_line();
}
