/*
 * buf.c: text under construction.
 *
 * Numbers are printed by hand: fast, and the same in every locale. hk_buf_format is for what is
 * written once a module.
 */
#include "hk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void hk_buf_reserve(HkBuf *buf, size_t length)
{
    if (buf->capacity - buf->length <= length)
        buf->text = hk_grow(buf->ctx, buf->text, &buf->capacity, buf->length + length + 1, 1);
}

void hk_buf_uint(HkBuf *buf, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;

    if (value < 10) {
        hk_buf_char(buf, (char)('0' + value));
        return;
    }
    if (value < 100) {
        hk_buf_bytes(buf, (char[]){(char)('0' + value / 10), (char)('0' + value % 10)}, 2);
        return;
    }

    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    hk_buf_bytes(buf, digits + at, sizeof digits - at);
}

void hk_buf_int(HkBuf *buf, int64_t value)
{
    if (value < 0)
        hk_buf_char(buf, '-');
    hk_buf_uint(buf, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void hk_buf_format(HkBuf *buf, const char *format, ...)
{
    size_t room = 256;

    for (;;) {
        va_list args;
        hk_buf_reserve(buf, room);
        va_start(args, format);
        int length = vsnprintf(buf->text + buf->length, room + 1, format, args);
        va_end(args);
        if (length < 0)
            return;
        if ((size_t)length <= room) {
            buf->length += (size_t)length;
            return;
        }
        room = (size_t)length;
    }
}

void hk_buf_free(HkBuf *buf)
{
    free(buf->text);
    buf->text = NULL;
    buf->length = buf->capacity = 0;
}
