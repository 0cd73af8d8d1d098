/*
 * json.c: a writer of JSON.
 */
#include "json.h"

#include <string.h>

/* A comma, the place, the key. */
static void begin(HkJson *j, const char *key)
{
    enum { ON_LINES = 2 };

    if (j->follows)
        hk_buf_char(j->out, ',');
    if (j->depth && j->depth <= ON_LINES)
        hk_buf_text(j->out, j->depth == 1 ? "\n  " : "\n    ");
    else if (j->follows)
        hk_buf_char(j->out, ' ');
    j->follows = true;
    if (key) {
        hk_buf_char(j->out, '"');
        hk_buf_text(j->out, key);
        hk_buf_text(j->out, "\": ");
    }
}

static void begin_list(HkJson *j, const char *key, char opening, char closing)
{
    begin(j, key);
    hk_buf_char(j->out, opening);
    j->close[j->depth++] = closing;
    j->follows = false;
}

void hk_json_object(HkJson *j, const char *key)
{
    begin_list(j, key, '{', '}');
}

void hk_json_array(HkJson *j, const char *key)
{
    begin_list(j, key, '[', ']');
}

void hk_json_end(HkJson *j)
{
    j->depth--;
    if (j->depth < 2 && j->follows)
        hk_buf_text(j->out, j->depth ? "\n  " : "\n");
    hk_buf_char(j->out, j->close[j->depth]);
    j->follows = true;
}

void hk_json_uint(HkJson *j, const char *key, uint64_t value)
{
    begin(j, key);
    hk_buf_uint(j->out, value);
}

void hk_json_bool(HkJson *j, const char *key, bool value)
{
    begin(j, key);
    hk_buf_text(j->out, value ? "true" : "false");
}

void hk_json_null(HkJson *j, const char *key)
{
    begin(j, key);
    hk_buf_text(j->out, "null");
}

void hk_json_text(HkJson *j, const char *key, const char *text, size_t length)
{
    begin(j, key);
    hk_buf_char(j->out, '"');
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == '"' || c == '\\')
            hk_buf_char(j->out, '\\');
        if ((unsigned char)c < 0x20)
            hk_buf_format(j->out, "\\u%04x", (unsigned)c);
        else
            hk_buf_char(j->out, c);
    }
    hk_buf_char(j->out, '"');
}

void hk_json_string(HkJson *j, const char *key, const char *text)
{
    hk_json_text(j, key, text, strlen(text));
}
