/*
 * emit_parts.c: the functions, those of a large module in parts.
 *
 * rustc hands LLVM one unit of work for each module of Rust, however large. In modules of their own
 * within the generated one, functions are compiled side by side, and after a change with Cargo's
 * incremental compilation only those of the parts that changed; LLVM inlines across them.
 */
#include "loops.h"

enum { PART_BYTES = 64 * 1024 };

static size_t code_bytes(const HkFunc *f)
{
    return f->imported ? 0 : f->body_end - f->body;
}

/* Is all of the code more than one part holds? */
static bool is_large(const HkModule *m, size_t part_bytes)
{
    size_t bytes = 0;

    for (uint32_t i = 0; i < m->func_count; i++)
        bytes += code_bytes(&m->funcs[i]);
    return bytes > part_bytes;
}

/* Not indented: that would be a tenth of the text. */
static void begin_part(HkBuf *out, uint32_t number)
{
    hk_buf_format(out,
                  "\n#[allow(unused_imports)]\n"
                  "use part_%lu::*;\n\n"
                  "#[rustfmt::skip]\n"
                  "mod part_%lu {\n"
                  "use super::*;\n",
                  (unsigned long)number, (unsigned long)number);
}

void hk_emit_functions(HkModule *m, HkBuf *out)
{
    const size_t part_bytes = m->options->part_bytes ? m->options->part_bytes : PART_BYTES;
    HkTree tree;
    HkEmitter e = {.m = m, .out = out, .tree = &tree, .in_part = is_large(m, part_bytes)};
    uint32_t parts = 0;
    size_t bytes = 0; /* in the part */

    hk_tree_space_init(m, &m->tree_space);
    for (uint32_t i = 0; i < m->func_count; i++) {
        const HkFunc *f = &m->funcs[i];
        if (f->imported) {
            hk_emit_import(m, out, i);
            continue;
        }
        if (e.in_part && (!parts || bytes + code_bytes(f) > part_bytes)) {
            hk_buf_text(out, parts ? "}\n" : "");
            begin_part(out, parts++);
            bytes = 0;
        }
        bytes += code_bytes(f);
        hk_tree_build(m, &m->tree_space, i, &tree);
        if (!m->options->plain_counters)
            hk_start_counters_at_zero(m, &tree);
        if (!m->options->unrolled_loops)
            hk_roll_loops(m, &tree);
        hk_emit_function(&e, i);
    }
    hk_buf_text(out, parts ? "}\n" : "");
}
