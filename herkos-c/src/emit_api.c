/*
 * emit_api.c: the instance: `Module`, which owns its memory, or `LibraryModule`, which is lent one with each call;
 * its instantiation, its exports as methods, and the trait Exports.
 */
#include "tree.h"

#include <stdio.h>
#include <string.h>

typedef struct Api {
    HkModule *m;
    HkBuf *out;
    bool library, owns_memory, has_globals, has_tables, has_dropped;
    bool lends_growable;          /* a library module is lent a memory that it may grow */
    const char *name;             /* Module or LibraryModule */
    const char **methods;         /* of the exports, by export index; the getter of a global or table */
    const char **setters;
    HkNameSet names;
} Api;

static bool any_function_grows(const HkModule *m)
{
    for (uint32_t i = 0; i < m->func_count; i++)
        if (!m->funcs[i].imported && (m->funcs[i].uses & HK_USE_GROW))
            return true;
    return false;
}

static Api api_of(HkModule *m, HkBuf *out)
{
    Api a = {.m = m, .out = out, .names = {.ctx = m->ctx}};

    a.library = m->memory_count && m->memory_imported;
    a.owns_memory = m->memory_count && !m->memory_imported;
    a.has_tables = m->stores_tables;
    a.has_dropped = m->drops_data || m->drops_elems;
    a.lends_growable = a.library && any_function_grows(m);
    a.name = a.library ? "LibraryModule" : "Module";
    for (uint32_t i = 0; i < m->global_count; i++) {
        const char *kind = hk_global_kind(m, &m->globals[i]);
        a.has_globals |= kind && strcmp(kind, "globals") == 0;
    }
    return a;
}

/* ---- names of the exports -------------------------------------------------------------------------------------------- */

static void name_exports(Api *a)
{
    static const char *const taken[] = {"new", "boxed", "memory", "memory_mut", "memory_growable", "host", "host_mut",
                                        "fuel", "set_fuel"};
    HkModule *m = a->m;
    HkArena *arena = &m->ctx->arena;

    a->methods = HK_NEW_ARRAY(arena, m->export_count, const char *);
    a->setters = HK_NEW_ARRAY(arena, m->export_count, const char *);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        hk_names_take(&a->names, taken[i]);
    for (uint32_t i = 0; i < m->export_count; i++) {
        const HkExport *e = &m->exports[i];
        if (e->kind == HK_KIND_MEMORY)
            continue;
        const char *snake = hk_names_snake(arena, e->name);
        const char *bare = strncmp(snake, "r#", 2) == 0 ? snake + 2 : snake;
        a->methods[i] = hk_names_unique(&a->names, arena, snake, i);
        if (e->kind == HK_KIND_FUNCTION || (e->kind == HK_KIND_GLOBAL && !m->globals[e->index].is_mutable))
            continue;
        size_t size = strlen(bare) + 8;
        char *setter = hk_arena_alloc(arena, size);
        snprintf(setter, size, e->kind == HK_KIND_GLOBAL ? "set_%s" : "%s_mut", bare);
        a->setters[i] = hk_names_unique(&a->names, arena, setter, i);
    }
}

/* ---- pieces ------------------------------------------------------------------------------------------------------------ */

/* `<M, H>` with or without bounds, whatever of it the module needs. */
static void put_generics(const Api *a, HkBuf *out, bool bounds)
{
    const char *host = a->m->host_bound;

    if (!a->owns_memory && !host)
        return;
    hk_buf_char(out, '<');
    if (a->owns_memory)
        hk_buf_text(out, bounds ? "M: MemoryStorage" : "M");
    if (a->owns_memory && host)
        hk_buf_text(out, ", ");
    if (host)
        hk_buf_text(out, "H");
    if (host && bounds)
        hk_buf_format(out, ": %s", host);
    hk_buf_char(out, '>');
}

static void put_impl(const Api *a, const char *trait_for)
{
    hk_buf_text(a->out, "\nimpl");
    put_generics(a, a->out, true);
    hk_buf_format(a->out, " %s%s", trait_for, a->name);
    put_generics(a, a->out, false);
    hk_buf_text(a->out, " {\n");
}

static const char *lent_param(const Api *a)
{
    return a->lends_growable ? "mem: &mut GrowableMemory<'_>" : "memory: &mut [u8]";
}

/* The state arguments with which a function is called from the place where the instance is `of`. */
static void put_state(const Api *a, HkBuf *text, uint16_t uses, const char *of)
{
    const char *between = "\1";

    if (uses & HK_USE_ALL_MEMORY) {
        const char *mut = uses & HK_USE_MEMORY_MUT ? "_mut" : "";
        if (a->library && (uses & HK_USE_GROW))
            hk_buf_format(text, "%smem", between);
        else if (a->library && a->lends_growable)
            hk_buf_format(text, "%smem.bytes%s()", between, mut);
        else if (a->library)
            hk_buf_format(text, "%smemory", between);
        else if (uses & HK_USE_GROW)
            hk_buf_format(text, "%s&mut %s.memory.growable()", between, of);
        else
            hk_buf_format(text, "%s%s.memory.bytes%s()", between, of, mut);
        between = ",\1 ";
    }
    static const struct {
        uint16_t use;
        const char *form;
    } others[] = {
        {HK_USE_GLOBALS, "%s&mut %s.globals"}, {HK_USE_TABLES, "%s&mut %s.tables"}, {HK_USE_DROPPED, "%s&mut %s.dropped"},
        {HK_USE_HOST, "%s&mut %s.host"},       {HK_USE_FUEL, "%s&mut %s.fuel"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (uses & others[i].use) {
            /* others[].form is one of the literals above */
            const char *form = others[i].form;
            for (; *form; form++)
                if (form[0] == '%' && form[1] == 's') {
                    hk_buf_text(text, form == others[i].form ? between : of);
                    form++;
                } else {
                    hk_buf_char(text, *form);
                }
            between = ",\1 ";
        }
    if (uses & HK_USE_STACK)
        hk_buf_format(text, "%sMAX_STACK", between);
}

static void put_method_head(const Api *a, HkBuf *text, const char *name, const HkFuncType *type, const char *visible)
{
    text->length = 0;
    hk_buf_format(text, "%sfn %s(\1&mut self", visible, name);
    if (a->library)
        hk_buf_format(text, ",\1 %s", lent_param(a));
    for (uint32_t i = 0; i < type->param_count; i++)
        hk_buf_format(text, ",\1 l%lu: %s", (unsigned long)i, hk_type_rust(type->params[i]));
    hk_buf_text(text, "\1) -> ");
    hk_emit_result_type(text, type);
}

/* ---- the struct and its instantiation ------------------------------------------------------------------------------ */

static void put_struct(const Api *a)
{
    HkModule *m = a->m;
    HkString name = {(const uint8_t *)m->options->name, (uint32_t)strlen(m->options->name)};

    hk_buf_format(a->out, "\n/// An instance of `%s`: %s.\npub struct %s", hk_names_printable(&m->ctx->arena, name),
                  a->library ? "it works on a memory that the caller lends it with each call"
                  : a->owns_memory ? "it owns its memory"
                                   : "it has no memory",
                  a->name);
    put_generics(a, a->out, false);
    size_t start = a->out->length;
    hk_buf_text(a->out, " {\n");
    size_t fields = a->out->length;
    hk_buf_text(a->out, a->owns_memory ? "    memory: M,\n" : "");
    hk_buf_text(a->out, a->has_globals ? "    globals: Globals,\n" : "");
    hk_buf_text(a->out, a->has_tables ? "    tables: Tables,\n" : "");
    hk_buf_text(a->out, a->has_dropped ? "    dropped: Dropped,\n" : "");
    hk_buf_text(a->out, m->host_bound ? "    host: H,\n" : "");
    hk_buf_text(a->out, m->options->fuel ? "    fuel: u64,\n" : "");
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

/* `Type { fields }` from fields in `line`, each behind a \1 and before a comma: rustfmt keeps up to 18 columns on one
   line, else it gives each field its own. */
static void put_literal(const Api *a, const char *before, const char *after)
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
static void put_globals(const Api *a)
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
        const char *kind = hk_global_kind(m, g);
        if (!kind || strcmp(kind, "globals") != 0)
            continue;
        hk_buf_format(text, "\1 %s: ", g->ident);
        if (g->imported || g->init.kind == HK_INIT_GLOBAL)
            hk_buf_format(text, "v%llu", g->imported ? (unsigned long long)i : (unsigned long long)g->init.value);
        else
            hk_emit_init(text, m, &g->init);
        hk_buf_char(text, ',');
    }
    put_literal(a, "let globals = Globals", ";\n");
}

static void put_instance(const Api *a, const char *before, const char *after)
{
    HkBuf *text = &a->m->line;

    text->length = 0;
    hk_buf_text(text, a->owns_memory ? "\1 memory," : "");
    hk_buf_text(text, a->has_globals ? "\1 globals," : "");
    hk_buf_text(text, a->has_tables ? "\1 tables," : "");
    hk_buf_text(text, a->has_dropped ? "\1 dropped," : "");
    hk_buf_text(text, a->m->host_bound ? "\1 host," : "");
    hk_buf_text(text, a->m->options->fuel ? "\1 fuel," : "");
    put_literal(a, before, after);
}

/* Items that are known only now are set one by one after the rest, which has checked the range. */
static void put_element(const Api *a, const HkElem *elem, uint32_t index)
{
    const HkModule *m = a->m;
    HkBuf *text = &a->m->line;

    text->length = 0;
    hk_buf_format(text, "table_init(\1&mut module.tables.table_%lu,\1 ELEM_%lu,\1 ", (unsigned long)elem->table,
                  (unsigned long)index);
    put_offset(text, m, &elem->offset);
    hk_buf_format(text, ",\1 0,\1 %lu\1)?;", (unsigned long)elem->count);
    hk_layout_call(a->out, text->text, 2);
    for (uint32_t j = 0; j < elem->count; j++) {
        if (elem->items[j] == HK_ITEM_NULL || !(elem->items[j] & HK_ITEM_GLOBAL))
            continue;
        text->length = 0;
        hk_buf_format(text, "table_set(\1&mut module.tables.table_%lu,\1 ", (unsigned long)elem->table);
        if (elem->offset.kind == HK_INIT_GLOBAL)
            hk_buf_format(text, "module.globals.%s.wrapping_add(%lu)", m->globals[elem->offset.value].ident,
                          (unsigned long)j);
        else
            hk_buf_int(text, (int32_t)(elem->offset.value + j));
        hk_buf_format(text, ",\1 module.globals.%s\1)?;", m->globals[elem->items[j] & ~HK_ITEM_GLOBAL].ident);
        hk_layout_call(a->out, text->text, 2);
    }
}

static void put_segments(const Api *a)
{
    const HkModule *m = a->m;
    bool any = false;

    for (uint32_t i = 0; i < m->elem_count; i++) {
        const HkElem *elem = &m->elems[i];
        if (elem->mode != HK_ELEM_ACTIVE)
            continue;
        if (m->tables[elem->table].is_stored)
            put_element(a, elem, i);
        else if (!hk_elem_fits(m, elem))
            hk_buf_text(a->out, "        // An element segment lies outside of its table.\n"
                                "        Err::<(), _>(WasmTrap::TableOutOfBounds)?;\n");
    }
    for (uint32_t i = 0; i < m->data_count; i++) {
        if (m->data[i].passive)
            continue;
        if (!any && !a->library)
            hk_buf_text(a->out, "        let memory = module.memory.bytes_mut();\n");
        if (!any && a->lends_growable)
            hk_buf_text(a->out, "        let memory = mem.bytes_mut();\n");
        any = true;
        hk_buf_format(a->out, "        memory_init(memory, DATA_%lu, ", (unsigned long)i);
        put_offset(a->out, m, &m->data[i].offset);
        hk_buf_format(a->out, ", 0, %lu)?;\n", (unsigned long)m->data[i].length);
    }
}

static void put_start(const Api *a)
{
    const HkModule *m = a->m;
    HkBuf *text = &a->m->line;

    if (!m->has_start)
        return;
    text->length = 0;
    hk_buf_format(text, "%s(", m->funcs[m->start].ident);
    size_t list = text->length;
    put_state(a, text, m->funcs[m->start].uses, "module");
    hk_buf_text(text, text->length > list ? "\1)?;" : ")?;");
    hk_layout_call(a->out, text->text, 2);
}

static bool instantiation_mutates(const Api *a)
{
    const HkModule *m = a->m;

    if (m->has_start && (m->funcs[m->start].uses & ~(HK_USE_STACK | (a->library ? HK_USE_ALL_MEMORY : 0))))
        return true;
    for (uint32_t i = 0; i < m->elem_count; i++)
        if (m->elems[i].mode == HK_ELEM_ACTIVE && m->tables[m->elems[i].table].is_stored)
            return true;
    for (uint32_t i = 0; i < m->data_count; i++)
        if (!m->data[i].passive && !a->library)
            return true;
    return false;
}

static bool reads_host_globals(const HkModule *m)
{
    for (uint32_t i = 0; i < m->imported_globals; i++)
        if (!m->globals[i].is_mutable)
            return true;
    return false;
}

static bool has_active_data(const HkModule *m)
{
    for (uint32_t i = 0; i < m->data_count; i++)
        if (!m->data[i].passive)
            return true;
    return false;
}

static void put_state_values(const Api *a)
{
    const HkModule *m = a->m;
    HkBuf *text = &a->m->line;

    if (a->has_tables) {
        text->length = 0;
        for (uint32_t i = 0; i < m->table_count; i++)
            if (m->tables[i].is_stored)
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

static void put_new(const Api *a)
{
    HkModule *m = a->m;
    const char *host = !m->host_bound ? NULL : reads_host_globals(m) ? "mut host: H" : "host: H";

    hk_buf_format(a->out, "    /// Instantiates the module: globals, tables, segments, start function.\n"
                          "    pub fn new(%s%s%s) -> Result<Self, WasmTrap> {\n",
                  a->owns_memory ? "mut memory: M" : a->library ? lent_param(a) : "",
                  m->memory_count && host ? ", " : "", host ? host : "");
    if (a->owns_memory)
        hk_buf_format(a->out, "        memory.reset(%llu)?;\n", (unsigned long long)m->initial_bytes);
    if (a->library)
        hk_buf_format(a->out, "        memory_check(%s, MIN_MEMORY_BYTES)?;\n",
                      a->lends_growable ? "mem.bytes()" : "memory");
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
    put_instance(a, instantiation_mutates(a) ? "let mut module = Self" : "let module = Self", ";\n");
    put_segments(a);
    put_start(a);
    hk_buf_text(a->out, "        Ok(module)\n    }\n");
}

static void put_boxed(const Api *a)
{
    const HkModule *m = a->m;

    if (!a->owns_memory)
        return;
    hk_buf_text(a->out, "\nherkos_runtime::with_alloc! {\n");
    if (m->host_bound)
        hk_buf_format(a->out, "    impl<H: %s> Module<herkos_runtime::BoxedMemory, H> {\n", m->host_bound);
    else
        hk_buf_text(a->out, "    impl Module<herkos_runtime::BoxedMemory> {\n");
    hk_buf_text(a->out,
                "        /// Instantiates the module with its memory on the heap; it never passes over the stack.\n");
    hk_buf_format(a->out, "        pub fn boxed(%s) -> Result<Self, WasmTrap> {\n", m->host_bound ? "host: H" : "");
    hk_buf_format(a->out, "            Self::new(herkos_runtime::BoxedMemory::zeroed(MEMORY_BYTES)%s)\n",
                  m->host_bound ? ", host" : "");
    hk_buf_text(a->out, "        }\n    }\n}\n");
}

/* ---- methods ------------------------------------------------------------------------------------------------------------ */

static void put_accessors(const Api *a)
{
    if (a->owns_memory)
        hk_buf_text(a->out, "\n    /// The active pages of the memory.\n"
                            "    pub fn memory(&self) -> &[u8] {\n        self.memory.bytes()\n    }\n"
                            "\n    /// The active pages of the memory, to be changed.\n"
                            "    pub fn memory_mut(&mut self) -> &mut [u8] {\n        self.memory.bytes_mut()\n    }\n"
                            "\n    /// The memory, to be lent to a library module that may grow it.\n"
                            "    pub fn memory_growable(&mut self) -> GrowableMemory<'_> {\n"
                            "        self.memory.growable()\n    }\n");
    if (a->m->host_bound)
        hk_buf_text(a->out, "\n    /// The host.\n    pub fn host(&self) -> &H {\n        &self.host\n    }\n"
                            "\n    /// The host, to be changed.\n"
                            "    pub fn host_mut(&mut self) -> &mut H {\n        &mut self.host\n    }\n");
    if (a->m->options->fuel)
        hk_buf_text(a->out, "\n    /// Fuel left. A call that uses it up traps with `FuelExhausted`.\n"
                            "    pub fn fuel(&self) -> u64 {\n        self.fuel\n    }\n"
                            "\n    /// Sets the fuel for the calls that follow.\n"
                            "    pub fn set_fuel(&mut self, fuel: u64) {\n        self.fuel = fuel;\n    }\n");
}

static void put_function(const Api *a, const HkExport *e, const char *method)
{
    HkModule *m = a->m;
    const HkFunc *f = &m->funcs[e->index];
    const HkFuncType *type = &m->types[f->type];
    HkBuf *text = &m->line;

    hk_buf_format(a->out, "\n    /// Exported function `%s`.\n", hk_names_printable(&m->ctx->arena, e->name));
    put_method_head(a, text, method, type, "pub ");
    hk_buf_text(text, " {");
    hk_layout_list(a->out, text->text, 1);
    if (a->library)
        hk_buf_format(a->out, "        memory_check(%s, MIN_MEMORY_BYTES)?;\n",
                      a->lends_growable ? "mem.bytes()" : "memory");
    text->length = 0;
    hk_buf_format(text, "%s(", f->ident);
    size_t list = text->length;
    put_state(a, text, f->uses, "self");
    for (uint32_t i = 0; i < type->param_count; i++)
        hk_buf_format(text, "%sl%lu", text->length == list ? "\1" : ",\1 ", (unsigned long)i);
    hk_buf_text(text, text->length == list ? ")" : "\1)");
    hk_layout_call(a->out, text->text, 2);
    hk_buf_text(a->out, "    }\n");
}

static void put_global(const Api *a, const HkExport *e, const char *getter, const char *setter)
{
    HkModule *m = a->m;
    const HkGlobal *g = &m->globals[e->index];
    const char *type = hk_type_rust(g->type), *kind = hk_global_kind(m, g);
    const char *name = hk_names_printable(&m->ctx->arena, e->name);
    bool host = kind && strcmp(kind, "host") == 0;

    hk_buf_format(a->out, "\n    /// Value of the exported global `%s`.\n    pub fn %s(&%sself) -> %s {\n        ", name,
                  getter, host ? "mut " : "", type);
    if (host)
        hk_buf_format(a->out, "%s(&mut self.host)\n    }\n", m->imports[g->import].path);
    else if (kind)
        hk_buf_format(a->out, "self.globals.%s\n    }\n", g->ident);
    else
        hk_buf_format(a->out, "GLOBAL_%lu\n    }\n", (unsigned long)e->index);
    if (!setter)
        return;
    hk_buf_format(a->out, "\n    /// Sets the exported global `%s`.\n    pub fn %s(&mut self, value: %s) {\n", name,
                  setter, type);
    if (host)
        hk_buf_format(a->out, "        %s(&mut self.host, value);\n    }\n", m->imports[g->import].setter);
    else
        hk_buf_format(a->out, "        self.globals.%s = value;\n    }\n", g->ident);
}

static void put_table(const Api *a, const HkExport *e, const char *getter, const char *setter)
{
    const HkTable *t = &a->m->tables[e->index];
    const char *name = hk_names_printable(&a->m->ctx->arena, e->name), *type = hk_type_rust(t->type);
    unsigned long long storage = (unsigned long long)hk_table_storage(t);

    hk_buf_format(a->out, "\n    /// The exported table `%s`.\n    pub fn %s(&self) -> &Table<%s, %llu> {\n", name, getter,
                  type, storage);
    hk_buf_format(a->out, "        &self.tables.table_%lu\n    }\n", (unsigned long)e->index);
    hk_buf_format(a->out, "\n    /// The exported table `%s`, to be changed.\n"
                          "    pub fn %s(&mut self) -> &mut Table<%s, %llu> {\n", name, setter, type, storage);
    hk_buf_format(a->out, "        &mut self.tables.table_%lu\n    }\n", (unsigned long)e->index);
}

static void put_methods(const Api *a)
{
    for (uint32_t i = 0; i < a->m->export_count; i++) {
        const HkExport *e = &a->m->exports[i];
        if (e->kind == HK_KIND_FUNCTION)
            put_function(a, e, a->methods[i]);
        else if (e->kind == HK_KIND_GLOBAL)
            put_global(a, e, a->methods[i], a->setters[i]);
        else if (e->kind == HK_KIND_TABLE)
            put_table(a, e, a->methods[i], a->setters[i]);
    }
}

static void put_exports_head(const Api *a, const HkExport *e, const char *method, const char *end)
{
    HkBuf *text = &a->m->line;

    put_method_head(a, text, method, hk_func_type(a->m, e->index), "");
    hk_buf_text(text, end);
    if (*end == ';')
        hk_layout_declaration(a->out, text->text, 1);
    else
        hk_layout_list(a->out, text->text, 1);
}

static void put_exports_trait(const Api *a)
{
    HkModule *m = a->m;
    bool any = false;

    hk_buf_text(a->out, "\n/// The exported functions, so that other code can ask for them without naming the instance.\n"
                        "pub trait Exports {");
    for (uint32_t i = 0; i < m->export_count; i++) {
        if (m->exports[i].kind != HK_KIND_FUNCTION)
            continue;
        hk_buf_format(a->out, "%s    /// Exported function `%s`.\n", any ? "" : "\n",
                      hk_names_printable(&m->ctx->arena, m->exports[i].name));
        put_exports_head(a, &m->exports[i], a->methods[i], ";");
        any = true;
    }
    hk_buf_text(a->out, "}\n");
    put_impl(a, "Exports for ");
    if (!any)
        a->out->length--;   /* {} */
    for (uint32_t i = 0, seen = 0; i < m->export_count; i++) {
        if (m->exports[i].kind != HK_KIND_FUNCTION)
            continue;
        hk_buf_text(a->out, seen++ ? "\n" : "");
        put_exports_head(a, &m->exports[i], a->methods[i], " {");
        HkBuf *text = &m->line;
        const HkFuncType *type = hk_func_type(m, m->exports[i].index);
        text->length = 0;
        hk_buf_format(text, "%s::%s(\1self%s", a->name, a->methods[i],
                      !a->library ? "" : a->lends_growable ? ",\1 mem" : ",\1 memory");
        for (uint32_t p = 0; p < type->param_count; p++)
            hk_buf_format(text, ",\1 l%lu", (unsigned long)p);
        hk_buf_text(text, "\1)");
        hk_layout_call(a->out, text->text, 2);
        hk_buf_text(a->out, "    }\n");
    }
    hk_buf_text(a->out, "}\n");
}

void hk_emit_api(HkModule *m, HkBuf *out)
{
    Api a = api_of(m, out);

    name_exports(&a);
    put_struct(&a);
    put_impl(&a, "");
    put_new(&a);
    put_accessors(&a);
    put_methods(&a);
    hk_buf_text(out, "}\n");
    put_boxed(&a);
    put_exports_trait(&a);
    hk_names_free(&a.names);
}
