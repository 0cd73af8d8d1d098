/*
 * emit_traits.c: what the module demands of its host: a trait for each module that it imports from,
 * how calls of it are recorded and replayed, the trait Host for several, and the functions that
 * call them.
 */
#include "tree.h"

#include <string.h>

/* Results of a function that herkos_runtime::replay can record. */
enum { MAX_RECORDED = 8 };

static const char *method_of(const char *path)
{
    return strstr(path, "::") + 2;
}

static void put_function(HkModule *m, HkBuf *out, const HkImport *import, uint32_t indent)
{
    const HkFuncType *type = hk_func_type(m, import->index);
    HkBuf *text = &m->line;

    text->length = 0;
    hk_buf_format(text, "fn %s(\1&mut self", method_of(import->path));
    if (m->memory_count)
        hk_buf_text(text, ",\1 memory: &mut [u8]");
    for (uint32_t i = 0; i < m->lent_table_count; i++)
        hk_buf_format(text, ",\1 table_%lu: %s", (unsigned long)i,
                      hk_table_view(m->lent_tables[i]));
    for (uint32_t i = 0; i < type->param_count; i++)
        hk_buf_format(text, ",\1 l%lu: %s", (unsigned long)i, hk_type_rust(type->params[i]));
    hk_buf_text(text, "\1) -> ");
    hk_emit_result_type(text, type);
    hk_buf_char(text, ';');
    if (indent == 1)
        hk_layout_declaration(out, text->text, indent);
    else /* in a macro, which takes no attributes and which rustfmt leaves alone */
        hk_layout_list(out, text->text, indent);
}

static void put_getter(HkModule *m, HkBuf *out, const HkImport *import, uint32_t indent)
{
    hk_layout_indent(out, indent);
    hk_buf_format(out, "fn %s(&mut self) -> %s;\n", method_of(import->path),
                  hk_type_rust(m->globals[import->index].type));
}

static void put_setter(HkModule *m, HkBuf *out, const HkImport *import, uint32_t indent)
{
    hk_layout_indent(out, indent);
    hk_buf_format(out, "fn %s(&mut self, value: %s);\n", method_of(import->setter),
                  hk_type_rust(m->globals[import->index].type));
}

static void put_methods(HkModule *m, HkBuf *out, const HkTrait *trait)
{
    for (const HkImport *import = trait->first; import; import = import->next) {
        const char *name = hk_names_printable(&m->ctx->arena, import->field);
        if (import->is_repeated)
            continue;
        if (import->kind == HK_KIND_FUNCTION) {
            hk_buf_format(out, "    /// Import `%s`.\n", name);
            put_function(m, out, import, 1);
            continue;
        }
        hk_buf_format(out, "    /// Value of the imported global `%s`.\n", name);
        put_getter(m, out, import, 1);
        if (import->setter) {
            hk_buf_format(out, "    /// Sets the imported global `%s`.\n", name);
            put_setter(m, out, import, 1);
        }
    }
}

/* ---- record and replay ---- */

/* Tables that the module is lent are lent on to the host, and nobody sees what it changes there. */
static bool is_replayed(HkModule *m, const HkTrait *trait)
{
    if (m->lent_table_count)
        return false;
    for (const HkImport *import = trait->first; import; import = import->next)
        if (import->kind == HK_KIND_FUNCTION &&
            hk_func_type(m, import->index)->result_count > MAX_RECORDED)
            return false;
    return true;
}

/* The methods once more, without comments. */
static void put_replay(HkModule *m, HkBuf *out, const HkTrait *trait)
{
    if (!is_replayed(m, trait))
        return;
    hk_buf_format(out, "\nherkos_runtime::replay_imports! {\n    trait %s {\n", trait->name);
    for (const HkImport *import = trait->first; import; import = import->next) {
        if (import->is_repeated)
            continue;
        if (import->kind == HK_KIND_FUNCTION)
            put_function(m, out, import, 2);
        else
            put_getter(m, out, import, 2);
        if (import->setter)
            put_setter(m, out, import, 2);
    }
    hk_buf_text(out, "    }\n}\n");
}

/* ---- what rustc says of a host that lacks one ---- */

/* Within a string that is a format string. Printable names have no quotes. */
static void put_quoted(HkBuf *out, const char *name)
{
    for (; *name; name++) {
        if (*name == '\\' || *name == '{' || *name == '}')
            hk_buf_char(out, *name);
        hk_buf_char(out, *name);
    }
}

static void put_diagnostic(HkModule *m, HkBuf *out, const HkTrait *trait)
{
    const char *name = m->options->name;

    hk_buf_format(out,
                  "#[diagnostic::on_unimplemented(\n"
                  "    message = \"the host `{Self}` does not grant what `%s` imports from `",
                  name);
    put_quoted(out, hk_names_printable(&m->ctx->arena, trait->module));
    hk_buf_format(
        out,
        "`\",\n    label = \"lacks the capability `%s`\",\n"
        "    note = \"to grant it, implement `%s::%s`: one method for each import\"\n)]\n",
        trait->name, name, trait->name);
}

/* ---- all of them ---- */

static void put_host(HkModule *m, HkBuf *out)
{
    bool wide = strlen(m->host_traits) > 60; /* rustfmt would break the bounds over lines */

    hk_buf_format(
        out,
        "\n/// Everything the module imports.\n"
        "#[diagnostic::on_unimplemented(\n"
        "    message = \"the host `{Self}` does not grant everything that `%s` imports\",\n"
        "    label = \"lacks a capability\",\n"
        "    note = \"to grant it, implement the trait for it: one method for each import\"\n"
        ")]\n",
        m->options->name);
    hk_buf_text(out, wide ? "#[rustfmt::skip]\n" : "");
    hk_buf_format(out, "pub trait Host: %s {}\n", m->host_traits);
    hk_buf_text(out, wide ? "#[rustfmt::skip]\n" : "");
    hk_buf_format(out, "impl<H: %s> Host for H {}\n", m->host_traits);
}

void hk_emit_traits(HkModule *m, HkBuf *out)
{
    for (uint32_t i = 0; i < m->trait_count; i++) {
        const HkTrait *trait = &m->traits[i];
        if (!trait->first)
            continue;
        hk_buf_format(
            out, "\n/// What the module needs of `%s`: a host grants it by implementing this.\n",
            hk_names_printable(&m->ctx->arena, trait->module));
        put_diagnostic(m, out, trait);
        hk_buf_format(out, "pub trait %s {\n", trait->name);
        put_methods(m, out, trait);
        hk_buf_text(out, "}\n");
        put_replay(m, out, trait);
    }
    if (m->trait_count >= 2)
        put_host(m, out);
}

/* An imported function as a free function like any other; the trait's method takes the memory
 * behind the host. */
void hk_emit_import(HkModule *m, HkBuf *out, uint32_t index)
{
    const HkFunc *f = &m->funcs[index];
    const HkImport *import = &m->imports[f->import];
    const HkFuncType *type = &m->types[f->type];
    HkBuf *text = &m->line;

    hk_buf_format(out, "\n// func %lu: import %s %s\n", (unsigned long)index,
                  hk_names_printable(&m->ctx->arena, import->module),
                  hk_names_printable(&m->ctx->arena, import->field));
    text->length = 0;
    hk_emit_head(m, text, f->ident, f->uses);
    hk_buf_char(text, '\1');
    hk_emit_params(text, m, f->uses, f->uses);
    for (uint32_t i = 0; i < type->param_count; i++)
        hk_buf_format(text, ",\1 l%lu: %s", (unsigned long)i, hk_type_rust(type->params[i]));
    hk_buf_text(text, "\1) -> ");
    hk_emit_result_type(text, type);
    hk_buf_text(text, " {");
    hk_layout_list(out, text->text, 0);
    text->length = 0;
    hk_buf_format(text, "%s(\1%s", import->path,
                  m->memory_count          ? "host,\1 memory"
                  : hk_wasi_has(m, import) ? "host,\1 &mut []"
                                           : "host");
    for (uint32_t i = 0; i < m->lent_table_count && (f->uses & HK_USE_ALL_LENT); i++)
        hk_buf_format(text, ",\1 table_%lu", (unsigned long)i);
    for (uint32_t i = 0; i < type->param_count; i++)
        hk_buf_format(text, ",\1 l%lu", (unsigned long)i);
    hk_buf_text(text, "\1)");
    hk_layout_call(out, text->text, 1);
    hk_buf_text(out, "}\n");
}
