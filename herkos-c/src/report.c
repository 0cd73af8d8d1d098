/*
 * report.c: facts about the module as JSON, for herkos-build and for reviewers.
 */
#include "hk.h"

#include <string.h>

static void string(HkBuf *out, const HkString *text)
{
    hk_buf_char(out, '"');
    for (uint32_t i = 0; i < text->length; i++) {
        uint8_t c = text->bytes[i];
        if (c == '"' || c == '\\')
            hk_buf_char(out, '\\');
        if (c < 0x20)
            hk_buf_format(out, "\\u%04x", c);
        else
            hk_buf_char(out, (char)c);
    }
    hk_buf_char(out, '"');
}

static void number(HkBuf *out, const char *key, uint64_t value)
{
    hk_buf_format(out, "  \"%s\": %llu,\n", key, (unsigned long long)value);
}

static void names(HkBuf *out, const HkModule *m, const char *key, bool imports)
{
    static const char *const kinds[] = {"function", "table", "memory", "global"};
    uint32_t count = imports ? m->import_count : m->export_count;

    hk_buf_format(out, "  \"%s\": [", key);
    for (uint32_t i = 0; i < count; i++) {
        hk_buf_text(out, i ? ",\n    {" : "\n    {");
        if (imports) {
            hk_buf_text(out, "\"module\": ");
            string(out, &m->imports[i].module);
            hk_buf_text(out, ", ");
        }
        hk_buf_text(out, "\"name\": ");
        string(out, imports ? &m->imports[i].field : &m->exports[i].name);
        hk_buf_format(out, ", \"kind\": \"%s\"}",
                      kinds[imports ? m->imports[i].kind : m->exports[i].kind]);
    }
    hk_buf_text(out, count ? "\n  ],\n" : "],\n");
}

void hk_report(const HkModule *m, HkBuf *out)
{
    uint32_t recursive = 0, pure = 0;
    HkString file = {(const uint8_t *)m->options->file, (uint32_t)strlen(m->options->file)};

    for (uint32_t i = m->imported_funcs; i < m->func_count; i++) {
        recursive += m->funcs[i].recursive;
        pure += (m->funcs[i].uses & ~HK_USE_STACK) == 0;
    }
    hk_buf_format(out, "{\n  \"herkos\": \"%s\",\n  \"file\": ", herkos_version());
    string(out, &file);
    hk_buf_format(out, ",\n  \"sha256\": \"%s\",\n", m->hash);
    number(out, "bytes", m->length);
    names(out, m, "imports", true);
    names(out, m, "exports", false);
    number(out, "functions", m->func_count - m->imported_funcs);
    number(out, "functions_without_state", pure);
    number(out, "recursive_functions", recursive);
    number(out, "memory_initial_bytes", m->memory_count ? m->memory.min * m->page_size : 0);
    number(out, "memory_storage_bytes", m->memory_bytes);
    hk_buf_format(out, "  \"memory_imported\": %s\n}\n", m->memory_imported ? "true" : "false");
}
