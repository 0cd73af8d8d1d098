/*
 * emit_instance.c: the struct of an instance and its instantiation (WebAssembly specification,
 * section 4.5.4): globals, tables, element segments, data segments, start function, in that order.
 */
#include "emit_api.h"

#include <stdio.h>
#include <string.h>

static const char *describe(const HkApi *a)
{
    if (a->lent_memory)
        return a->m->lent_table_count
                   ? "it works on a memory and tables that the caller lends it with each call"
                   : "it works on a memory that the caller lends it with each call";
    if (a->m->lent_table_count)
        return a->owns_memory ? "it owns its memory, and works on tables that the caller lends it "
                                "with each call"
                              : "it works on tables that the caller lends it with each call";
    return a->owns_memory ? "it owns its memory" : "it has no memory";
}

void hk_api_struct(const HkApi *a)
{
    HkModule *m = a->m;
    HkString name = {(const uint8_t *)m->options->name, (uint32_t)strlen(m->options->name)};

    hk_buf_format(a->out, "\n/// An instance of `%s`: %s.\npub struct %s",
                  hk_names_printable(&m->ctx->arena, name), describe(a), a->name);
    hk_api_generics(a, a->out, false);
    size_t start = a->out->length;
    hk_buf_text(a->out, " {\n");
    size_t fields = a->out->length;
    hk_buf_text(a->out, a->owns_memory ? "    memory: M,\n" : "");
    hk_buf_text(a->out, a->has_globals ? "    globals: Globals,\n" : "");
    hk_buf_text(a->out, a->has_tables ? "    tables: Tables,\n" : "");
    hk_buf_text(a->out, a->has_dropped ? "    dropped: Dropped,\n" : "");
    hk_buf_text(a->out, m->host_bound ? "    host: H,\n" : "");
    hk_buf_text(a->out, m->options->fuel ? "    fuel: u64,\n" : "");
    hk_buf_text(a->out, m->options->trace ? "    trace: TrapTrace,\n" : "");
    if (a->out->length == fields) {
        a->out->length = start;
        hk_buf_text(a->out, " {}\n");
        return;
    }
    hk_buf_text(a->out, "}\n");
}

static void put_offset(HkBuf *out, const HkModule *m, const HkInit *init)
{
    if (init->kind == HK_INIT_GLOBAL)
        hk_buf_format(out, "module.globals.%s", m->globals[init->value].ident);
    else
        hk_emit_const(out, init->type, init->value, false);
}

/* `Type { fields }` from fields in `line`, each behind a \1 and before a comma: rustfmt keeps up to
   18 columns on one line, else it gives each field its own. */
static void put_literal(const HkApi *a, const char *before, const char *after)
{
    const HkBuf *text = &a->m->line;
    size_t marks = 0;

    for (size_t i = 0; i < text->length; i++)
        marks += text->text[i] == '\1';
    bool wide = marks && text->length - marks - 2 > 18;
    hk_buf_format(a->out, "        %s {", before);
    for (size_t i = 0; i < text->length; i++) {
        if (text->text[i] == '\1')
            hk_buf_text(a->out, wide ? "\n           " : "");
        else if (wide || i + 1 < text->length)
            hk_buf_char(a->out, text->text[i]);
    }
    hk_buf_format(a->out, "%s%s", !marks ? "}" : wide ? "\n        }" : " }", after);
}

/* Imported globals are read from the host first: other globals may start with their values. */
static void put_globals(const HkApi *a)
{
    const HkModule *m = a->m;

    for (uint32_t i = 0; i < m->imported_globals; i++)
        if (!m->globals[i].is_mutable)
            hk_buf_format(a->out, "        let v%lu = %s(&mut host);\n", (unsigned long)i,
                          m->imports[m->globals[i].import].path);
    HkBuf *text = &a->m->line;
    text->length = 0;
    for (uint32_t i = 0; i < m->global_count; i++) {
        const HkGlobal *g = &m->globals[i];
        if (hk_global_place(g) != HK_GLOBAL_STORED)
            continue;
        hk_buf_format(text, "\1 %s: ", g->ident);
        if (g->imported || g->init.kind == HK_INIT_GLOBAL)
            hk_buf_format(text, "v%llu",
                          g->imported ? (unsigned long long)i : (unsigned long long)g->init.value);
        else
            hk_emit_init(text, m, &g->init);
        hk_buf_char(text, ',');
    }
    put_literal(a, "let globals = Globals", ";\n");
}

static void put_instance(const HkApi *a, const char *before, const char *after)
{
    HkBuf *text = &a->m->line;

    text->length = 0;
    hk_buf_text(text, a->owns_memory ? "\1 memory," : "");
    hk_buf_text(text, a->has_globals ? "\1 globals," : "");
    hk_buf_text(text, a->has_tables ? "\1 tables," : "");
    hk_buf_text(text, a->has_dropped ? "\1 dropped," : "");
    hk_buf_text(text, a->m->host_bound ? "\1 host," : "");
    hk_buf_text(text, a->m->options->fuel ? "\1 fuel," : "");
    hk_buf_text(text, a->m->options->trace ? "\1 trace: *trace," : "");
    put_literal(a, before, after);
}

/* Items that are known only now are set one by one after the rest, which has checked the range. */
static void put_element(const HkApi *a, const HkElem *elem, uint32_t index)
{
    const HkModule *m = a->m;
    HkBuf *text = &a->m->line;

    text->length = 0;
    hk_buf_text(text, "table_init(\1");
    hk_emit_table(text, m, elem->table, "&mut module.tables.");
    hk_buf_format(text, ",\1 ELEM_%lu,\1 ", (unsigned long)index);
    put_offset(text, m, &elem->offset);
    hk_buf_format(text, ",\1 0,\1 %lu\1)?;", (unsigned long)elem->count);
    hk_layout_call(a->out, text->text, 2);
    for (uint32_t j = 0; j < elem->count; j++) {
        if (elem->items[j] == HK_ITEM_NULL || !(elem->items[j] & HK_ITEM_GLOBAL))
            continue;
        text->length = 0;
        hk_buf_text(text, "table_set(\1");
        hk_emit_table(text, m, elem->table, "&mut module.tables.");
        hk_buf_text(text, ",\1 ");
        if (elem->offset.kind == HK_INIT_GLOBAL)
            hk_buf_format(text, "module.globals.%s.wrapping_add(%lu)",
                          m->globals[elem->offset.value].ident, (unsigned long)j);
        else
            hk_buf_int(text, (int32_t)(elem->offset.value + j));
        hk_buf_format(text, ",\1 module.globals.%s\1)?;",
                      m->globals[elem->items[j] & ~HK_ITEM_GLOBAL].ident);
        hk_layout_call(a->out, text->text, 2);
    }
}

static void put_segments(const HkApi *a)
{
    const HkModule *m = a->m;
    bool any = false;

    for (uint32_t i = 0; i < m->elem_count; i++) {
        const HkElem *elem = &m->elems[i];
        if (elem->mode != HK_ELEM_ACTIVE)
            continue;
        if (hk_table_place(&m->tables[elem->table]) != HK_TABLE_CONSTANT)
            put_element(a, elem, i);
        else if (!hk_elem_fits(m, elem))
            hk_buf_text(a->out, "        // An element segment lies outside of its table.\n"
                                "        Err::<(), _>(WasmTrap::TableOutOfBounds)?;\n");
    }
    for (uint32_t i = 0; i < m->data_count; i++) {
        if (m->data[i].passive)
            continue;
        if (!any && a->owns_memory)
            hk_buf_text(a->out, "        let memory = module.memory.bytes_mut();\n");
        if (!any && a->lent_growable)
            hk_buf_text(a->out, "        let memory = mem.bytes_mut();\n");
        any = true;
        hk_buf_format(a->out, "        memory_init(memory, DATA_%lu, ", (unsigned long)i);
        put_offset(a->out, m, &m->data[i].offset);
        hk_buf_format(a->out, ", 0, %lu)?;\n", (unsigned long)m->data[i].length);
    }
}

static void put_start(const HkApi *a)
{
    const HkModule *m = a->m;
    HkBuf *text = &a->m->line;

    if (!m->has_start)
        return;
    hk_api_fix_memory(a, m->funcs[m->start].uses, "module");
    text->length = 0;
    hk_buf_format(text, "%s(", m->funcs[m->start].ident);
    size_t list = text->length;
    hk_api_state(a, text, m->funcs[m->start].uses, "module");
    if (m->funcs[m->start].uses & HK_USE_TRACE)
        hk_buf_text(text, text->length > list ? ",\1 trace" : "\1trace");
    hk_buf_text(text, text->length > list ? "\1)?;" : ")?;");
    hk_layout_call(a->out, text->text, 2);
}

static bool has_active_data(const HkModule *m)
{
    for (uint32_t i = 0; i < m->data_count; i++)
        if (!m->data[i].passive)
            return true;
    return false;
}

static bool instantiation_mutates(const HkApi *a)
{
    const HkModule *m = a->m;
    const uint32_t others = HK_USE_STACK | HK_USE_TRACE | HK_USE_ALL_LENT |
                            (a->lent_memory ? HK_USE_ALL_MEMORY : HK_USE_MEMORY);

    if (m->has_start && (m->funcs[m->start].uses & ~others))
        return true;
    for (uint32_t i = 0; i < m->elem_count; i++)
        if (m->elems[i].mode == HK_ELEM_ACTIVE &&
            hk_table_place(&m->tables[m->elems[i].table]) == HK_TABLE_STORED)
            return true;
    return a->owns_memory && has_active_data(m);
}

static bool reads_host_globals(const HkModule *m)
{
    for (uint32_t i = 0; i < m->imported_globals; i++)
        if (!m->globals[i].is_mutable)
            return true;
    return false;
}

static void put_state_values(const HkApi *a)
{
    const HkModule *m = a->m;
    HkBuf *text = &a->m->line;

    if (a->has_tables) {
        text->length = 0;
        for (uint32_t i = 0; i < m->table_count; i++)
            if (hk_table_place(&m->tables[i]) == HK_TABLE_STORED)
                hk_buf_format(text, "\1 table_%lu: Table::new(%llu),", (unsigned long)i,
                              (unsigned long long)m->tables[i].limits.min);
        put_literal(a, "let tables = Tables", ";\n");
    }
    if (a->has_dropped) {
        text->length = 0;
        hk_buf_text(text, m->drops_data ? "\1 data: DroppedSegments::new()," : "");
        hk_buf_text(text, m->drops_elems ? "\1 elems: DroppedSegments::new()," : "");
        put_literal(a, "let dropped = Dropped", ";\n");
    }
}

/* Into the buffer of lines: the memory, owned or lent, then lent tables, then the host, then what
 * else there is. */
static void put_new_head(const HkApi *a, const char *name, const char *memory, bool changes_host,
                         const char *last)
{
    HkBuf *text = &a->m->line;

    text->length = 0;
    hk_buf_format(text, "pub fn %s(", name);
    size_t list = text->length;
    if (memory)
        hk_buf_format(text, "\1%s", memory);
    hk_api_lent_params(a, text, text->length == list ? "\1" : ",\1 ");
    if (a->m->host_bound)
        hk_buf_format(text, "%s%shost: H", text->length == list ? "\1" : ",\1 ",
                      changes_host ? "mut " : "");
    if (last)
        hk_buf_format(text, "%s%s", text->length == list ? "\1" : ",\1 ", last);
    hk_buf_text(text, text->length == list ? "" : "\1");
    hk_buf_text(text, ") -> Result<Self, WasmTrap> {");
}

/* An instance that does not come to be has no trace to ask for: who wants it passes one. */
static void put_untraced_new(const HkApi *a)
{
    HkBuf *text = &a->m->line;

    put_new_head(a, "new", a->owns_memory ? "memory: M" : NULL, false, NULL);
    hk_layout_list(a->out, text->text, 1);
    text->length = 0;
    hk_buf_text(text, "Self::new_traced(");
    size_t list = text->length;
    hk_buf_text(text, a->owns_memory ? "\1memory" : "");
    hk_api_lent_args(a, text, text->length == list ? "\1" : ",\1 ");
    if (a->m->host_bound)
        hk_buf_text(text, text->length == list ? "\1host" : ",\1 host");
    hk_buf_format(text, "%s&mut TrapTrace::new()\1)", text->length == list ? "\1" : ",\1 ");
    hk_layout_call(a->out, text->text, 2);
    hk_buf_text(a->out, "    }\n\n    /// The same; when it traps, `trace` says where.\n");
}

void hk_api_new(const HkApi *a)
{
    HkModule *m = a->m;

    hk_buf_text(a->out,
                "    /// Instantiates the module: globals, tables, segments, start function.\n");
    if (m->options->trace)
        put_untraced_new(a);
    put_new_head(a, m->options->trace ? "new_traced" : "new",
                 a->owns_memory ? "mut memory: M" : NULL, reads_host_globals(m),
                 m->options->trace ? "trace: &mut TrapTrace" : NULL);
    hk_layout_list(a->out, m->line.text, 1);
    hk_buf_text(a->out, m->options->trace ? "        trace.begin(CODE_MAP);\n" : "");
    if (a->owns_memory)
        hk_buf_text(a->out, !m->memory_grows ? "        memory.reset(MEMORY_BYTES)?;\n"
                                             : "        memory.reset(MIN_MEMORY_BYTES)?;\n");
    hk_api_checks(a);
    if (a->has_globals)
        put_globals(a);
    put_state_values(a);
    if (m->options->fuel)
        hk_buf_text(a->out, "        let fuel = u64::MAX;\n");
    bool steps = m->has_start || m->elem_count || has_active_data(m);
    if (!steps) {
        put_instance(a, "Ok(Self", ")\n    }\n");
        return;
    }
    put_instance(a, instantiation_mutates(a) ? "let mut module = Self" : "let module = Self",
                 ";\n");
    put_segments(a);
    put_start(a);
    hk_buf_text(a->out, "        Ok(module)\n    }\n");
}

void hk_api_boxed(const HkApi *a)
{
    const HkModule *m = a->m;
    HkBuf *text = &a->m->line;

    if (!a->owns_memory)
        return;
    hk_buf_text(a->out, "\nherkos_runtime::with_alloc! {\n");
    if (m->host_bound)
        hk_buf_format(a->out, "    impl<H: %s> %s<herkos_runtime::BoxedMemory, H> {\n",
                      hk_api_host(a), a->name);
    else
        hk_buf_format(a->out, "    impl %s<herkos_runtime::BoxedMemory> {\n", a->name);
    hk_buf_text(a->out, "        /// Instantiates the module with its memory on the heap; it never "
                        "passes over the stack.\n");
    put_new_head(a, "boxed", NULL, false, NULL);
    hk_layout_list(a->out, text->text, 2);
    text->length = 0;
    hk_buf_text(text, "Self::new(\1herkos_runtime::BoxedMemory::zeroed(MEMORY_BYTES)");
    hk_api_lent_args(a, text, ",\1 ");
    hk_buf_text(text, m->host_bound ? ",\1 host\1)" : "\1)");
    hk_layout_call(a->out, text->text, 3);
    hk_buf_text(a->out, "        }\n    }\n}\n");
}
