/*
 * wasi.c: imports from WASI preview 1. They become calls of herkos_runtime::wasi, whose traits the
 * host implements; the module declares no trait of its own for them.
 */
#include "hk.h"

#include <string.h>

typedef struct WasiFunction {
    const char *name, *type, *path, *trait;
} WasiFunction;

static const WasiFunction functions[] = {
#define HK_WASI(name, type, trait) {#name, type, "wasi::" #name, "wasi::" #trait},
#include "wasi.h"
};

static _Noreturn void refuse(HkModule *m, const HkImport *import, const char *why)
{
    hk_raise(m->ctx, HERKOS_PHASE_UNSUPPORTED, import->offset, "import \"%s\" \"%s\": %s",
             hk_names_printable(&m->ctx->arena, import->module),
             hk_names_printable(&m->ctx->arena, import->field), why);
}

bool hk_wasi_has(HkModule *m, const HkImport *import)
{
    if (hk_is_text(import->module, "wasi_unstable"))
        refuse(m, import,
               "the WASI before preview 1 is not supported; compile the module with a newer "
               "wasi-libc");
    return hk_is_text(import->module, "wasi_snapshot_preview1");
}

/* ---- types ---- */

static HkFuncType type_of_letters(HkArena *arena, const char *letters)
{
    size_t length = strlen(letters);
    HkFuncType type = {.params = hk_arena_alloc(arena, length)};

    for (; *letters != ':'; letters++)
        type.params[type.param_count++] = hk_type_of_letter(*letters);
    type.results = type.params + type.param_count;
    while (*++letters)
        type.results[type.result_count++] = hk_type_of_letter(*letters);
    return type;
}

static bool is_same(const HkFuncType *a, const HkFuncType *b)
{
    bool same = a->param_count == b->param_count && a->result_count == b->result_count;

    for (uint32_t i = 0; same && i < a->param_count; i++)
        same = a->params[i] == b->params[i];
    for (uint32_t i = 0; same && i < a->result_count; i++)
        same = a->results[i] == b->results[i];
    return same;
}

static void put_types(HkBuf *text, const uint8_t *types, uint32_t count)
{
    hk_buf_char(text, '[');
    for (uint32_t i = 0; i < count; i++) {
        hk_buf_text(text, i ? " " : "");
        hk_buf_text(text, hk_type_name(types[i]));
    }
    hk_buf_char(text, ']');
}

static void check_type(HkModule *m, const HkImport *import, const char *letters)
{
    const HkFuncType *found = hk_func_type(m, import->index);
    HkFuncType expected = type_of_letters(&m->ctx->arena, letters);
    HkBuf *text = &m->line;

    if (is_same(&expected, found))
        return;
    text->length = 0;
    hk_buf_text(text, "type mismatch: expected ");
    put_types(text, expected.params, expected.param_count);
    hk_buf_text(text, " -> ");
    put_types(text, expected.results, expected.result_count);
    hk_buf_text(text, ", found ");
    put_types(text, found->params, found->param_count);
    hk_buf_text(text, " -> ");
    put_types(text, found->results, found->result_count);
    hk_buf_text(text, " [WASI preview 1]");
    refuse(m, import, text->text);
}

/* ---- traits ---- */

static void need_trait(HkModule *m, HkImport *import, const char *name)
{
    for (uint32_t i = 0; i < m->trait_count; i++)
        if (strcmp(m->traits[i].name, name) == 0)
            return;
    m->traits[m->trait_count++] = (HkTrait){.module = import->module, .name = name};
    m->uses_wasi = true;
}

void hk_wasi_assign(HkModule *m, HkImport *import)
{
    if (import->kind != HK_KIND_FUNCTION)
        refuse(m, import, "WASI preview 1 has functions only");
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (!hk_is_text(import->field, functions[i].name))
            continue;
        check_type(m, import, functions[i].type);
        import->path = functions[i].path;
        import->capability = functions[i].trait;
        need_trait(m, import, functions[i].trait);
        return;
    }
    refuse(m, import, "WASI preview 1 has no such function");
}
