/*
 * emit_api.c: the instance: `Module`, which owns all its state, or `LibraryModule`, which is lent
 * its memory or tables with each call; its exports as methods, and the trait Exports.
 */
#include "emit_api.h"

#include <stdio.h>
#include <string.h>

static bool any_function_grows(const HkModule *m)
{
    for (uint32_t i = 0; i < m->func_count; i++)
        if (!m->funcs[i].imported && (m->funcs[i].uses & HK_USE_GROW))
            return true;
    return false;
}

static HkApi api_of(HkModule *m, HkBuf *out)
{
    HkApi a = {.m = m, .out = out, .names = {.ctx = m->ctx}};

    a.lent_memory = m->memory_count && m->memory_imported;
    a.library = a.lent_memory || m->lent_table_count;
    a.owns_memory = m->memory_count && !m->memory_imported;
    a.has_tables = m->stores_tables;
    a.has_dropped = m->drops_data || m->drops_elems;
    /* Only a memory that can grow knows the maximum that an import may ask for. */
    a.lent_growable = a.lent_memory && (hk_bounds_lent_memory(m) || any_function_grows(m));
    a.lends = a.owns_memory;
    for (uint32_t i = 0; i < m->table_count; i++)
        a.lends += m->tables[i].exported && !m->tables[i].imported;
    a.name = a.library ? "LibraryModule" : "Module";
    for (uint32_t i = 0; i < m->global_count; i++) {
        a.has_globals |= hk_global_place(&m->globals[i]) == HK_GLOBAL_STORED;
    }
    return a;
}

/* ---- names of the exports ---- */

/* An exported table that is an imported one is the caller's own. */
static bool is_lent_table(const HkModule *m, const HkExport *e)
{
    return e->kind == HK_KIND_TABLE && m->tables[e->index].imported;
}

/* Of a table that the instance owns, and that may have several names. */
static bool is_first_of_own_table(const HkModule *m, uint32_t export)
{
    const HkExport *e = &m->exports[export];

    return e->kind == HK_KIND_TABLE && !m->tables[e->index].imported &&
           m->tables[e->index].first_export == export;
}

static void name_exports(HkApi *a)
{
    static const char *const taken[] = {
        "new",  "boxed",    "memory", "memory_mut", "memory_growable",
        "host", "host_mut", "fuel",   "set_fuel",   "lend"};
    HkModule *m = a->m;
    HkArena *arena = &m->ctx->arena;

    a->methods = m->methods = HK_NEW_ARRAY(arena, m->export_count, const char *);
    a->setters = HK_NEW_ARRAY(arena, m->export_count, const char *);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        hk_names_take(&a->names, taken[i]);
    if (m->options->trace)
        hk_names_take(&a->names, "new_traced");
    for (uint32_t i = 0; i < m->export_count; i++) {
        const HkExport *e = &m->exports[i];
        if (e->kind == HK_KIND_MEMORY || is_lent_table(m, e))
            continue;
        const char *snake = hk_names_snake(arena, e->name);
        const char *bare = strncmp(snake, "r#", 2) == 0 ? snake + 2 : snake;
        a->methods[i] = hk_names_unique(&a->names, arena, snake, i);
        if (e->kind == HK_KIND_FUNCTION ||
            (e->kind == HK_KIND_GLOBAL && !m->globals[e->index].is_mutable))
            continue;
        size_t size = strlen(bare) + 8;
        char *setter = hk_arena_alloc(arena, size);
        if (e->kind == HK_KIND_GLOBAL)
            snprintf(setter, size, "set_%s", bare + strspn(bare, "_"));
        else
            snprintf(setter, size, "%.*s_mut", (int)hk_names_trimmed(bare), bare);
        a->setters[i] = hk_names_unique(&a->names, arena, setter, i);
    }
}

/* ---- pieces ---- */

/* What an impl asks of H. A host that lacks one of several traits is told which, if they are named;
 * where that would make the line too long for rustfmt, `Host` it is. */
const char *hk_api_host(const HkApi *a)
{
    enum { ROOM = 39 }; /* impl<M: MemoryStorage, H: …> Exports for LibraryModule<M, H> { */

    return strlen(a->m->host_traits) <= ROOM ? a->m->host_traits : a->m->host_bound;
}

/* `<M, H>` with or without bounds, whatever of it the module needs. */
void hk_api_generics(const HkApi *a, HkBuf *out, bool bounds)
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
        hk_buf_format(out, ": %s", hk_api_host(a));
    hk_buf_char(out, '>');
}

/* Where a name leaves rustfmt no room for what it belongs to. */
static void skip_if_wide(HkBuf *out, size_t start, const char *indent)
{
    static const char skip[] = "#[rustfmt::skip]\n";
    size_t length = out->length - start, shift = strlen(indent) + sizeof skip - 1;

    if (length <= HK_LINE)
        return;
    hk_buf_reserve(out, shift);
    memmove(out->text + start + shift, out->text + start, length + 1);
    memcpy(out->text + start, indent, strlen(indent));
    memcpy(out->text + start + strlen(indent), skip, sizeof skip - 1);
    out->length += shift;
}

void hk_api_impl(const HkApi *a, const char *trait_for)
{
    hk_buf_char(a->out, '\n');
    size_t start = a->out->length;
    hk_buf_text(a->out, "impl");
    hk_api_generics(a, a->out, true);
    hk_buf_format(a->out, " %s%s", trait_for, a->name);
    hk_api_generics(a, a->out, false);
    hk_buf_text(a->out, " {");
    skip_if_wide(a->out, start, "");
    hk_buf_char(a->out, '\n');
}

/* The head of an impl that asks nothing of the host, which may be anything. */
void hk_api_any_impl(const HkApi *a, const char *trait)
{
    const char *parameters = a->owns_memory && a->m->host_bound ? "<M: MemoryStorage, H>"
                             : a->owns_memory                   ? "<M: MemoryStorage>"
                             : a->m->host_bound                 ? "<H>"
                                                                : "";

    hk_buf_format(a->out, "\nimpl%s %s for %s", parameters, trait, a->name);
    hk_api_generics(a, a->out, false);
    hk_buf_text(a->out, " {\n");
}

static const char *lent_memory_param(const HkApi *a)
{
    return a->lent_growable ? "mem: &mut GrowableMemory<'_>" : "memory: &mut [u8]";
}

/* The memory first, then the tables; `before` goes before the first of them. */
void hk_api_lent_params(const HkApi *a, HkBuf *text, const char *before)
{
    if (a->lent_memory) {
        hk_buf_format(text, "%s%s", before, lent_memory_param(a));
        before = ",\1 ";
    }
    for (uint32_t i = 0; i < a->m->lent_table_count; i++) {
        hk_buf_format(text, "%stable_%lu: %s", before, (unsigned long)i,
                      hk_table_view(a->m->lent_tables[i]));
        before = ",\1 ";
    }
}

void hk_api_lent_args(const HkApi *a, HkBuf *text, const char *before)
{
    if (a->lent_memory) {
        hk_buf_format(text, "%s%s", before, a->lent_growable ? "mem" : "memory");
        before = ",\1 ";
    }
    for (uint32_t i = 0; i < a->m->lent_table_count; i++) {
        hk_buf_format(text, "%stable_%lu", before, (unsigned long)i);
        before = ",\1 ";
    }
}

/* Each call may lend another memory and other tables. */
void hk_api_checks(const HkApi *a)
{
    const HkModule *m = a->m;

    if (a->lent_memory)
        hk_buf_format(a->out, "        memory_check(%s, MIN_MEMORY_BYTES)?;\n",
                      a->lent_growable ? "mem.bytes()" : "memory");
    if (hk_bounds_lent_memory(m))
        hk_buf_text(a->out, "        memory_check_capacity(mem, MAX_MEMORY_BYTES)?;\n");
    for (uint32_t i = 0; i < m->lent_table_count; i++) {
        hk_buf_format(a->out, "        table_check(table_%lu, MIN_TABLE_%lu, ", (unsigned long)i,
                      (unsigned long)i);
        if (m->lent_tables[i]->limits.has_max)
            hk_buf_format(a->out, "MAX_TABLE_%lu)?;\n", (unsigned long)i);
        else
            hk_buf_text(a->out, "usize::MAX)?;\n");
    }
}

/* Before a call: a memory that never grows becomes an array. */
void hk_api_fix_memory(const HkApi *a, uint32_t uses, const char *of)
{
    const char *mut = uses & HK_USE_MEMORY_MUT ? "_mut" : "";

    if (hk_has_fixed_memory(a->m) && (uses & HK_USE_ALL_MEMORY))
        hk_buf_format(
            a->out, "        let memory = memory_fixed%s::<MEMORY_BYTES>(%s.memory.bytes%s())?;\n",
            mut, of, mut);
}

/* The state arguments with which a function is called from the place where the instance is `of`. */
void hk_api_state(const HkApi *a, HkBuf *text, uint32_t uses, const char *of)
{
    const char *between = "\1";

    if (uses & HK_USE_ALL_MEMORY) {
        const char *mut = uses & HK_USE_MEMORY_MUT ? "_mut" : "";
        if (a->lent_memory && (uses & HK_USE_GROW))
            hk_buf_format(text, "%smem", between);
        else if (a->lent_growable)
            hk_buf_format(text, "%smem.bytes%s()", between, mut);
        else if (a->lent_memory || hk_has_fixed_memory(a->m))
            hk_buf_format(text, "%smemory", between);
        else if (uses & HK_USE_GROW)
            hk_buf_format(text, "%s&mut %s.memory.growable().at_most(MEMORY_BYTES)", between, of);
        else
            hk_buf_format(text, "%s%s.memory.bytes%s()", between, of, mut);
        between = ",\1 ";
    }
    for (uint32_t i = 0; i < a->m->lent_table_count; i++)
        if (uses & ((uint32_t)HK_USE_LENT << i)) {
            hk_buf_format(text, "%stable_%lu", between, (unsigned long)i);
            between = ",\1 ";
        }
    static const struct {
        uint32_t use;
        const char *field;
    } others[] = {
        {HK_USE_GLOBALS, "globals"}, {HK_USE_TABLES, "tables"}, {HK_USE_DROPPED, "dropped"},
        {HK_USE_HOST, "host"},       {HK_USE_FUEL, "fuel"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (uses & others[i].use) {
            hk_buf_format(text, "%s&mut %s.%s", between, of, others[i].field);
            between = ",\1 ";
        }
    if (uses & HK_USE_STACK)
        hk_buf_format(text, "%sMAX_STACK", between);
}

static void put_method_head(const HkApi *a, HkBuf *text, const char *name, const HkFuncType *type,
                            const char *visible)
{
    text->length = 0;
    hk_buf_format(text, "%sfn %s(\1&mut self", visible, name);
    hk_api_lent_params(a, text, ",\1 ");
    for (uint32_t i = 0; i < type->param_count; i++)
        hk_buf_format(text, ",\1 l%lu: %s", (unsigned long)i, hk_type_rust(type->params[i]));
    hk_buf_text(text, "\1) -> ");
    hk_emit_result_type(text, type);
}

/* ---- methods ---- */

static void put_accessors(const HkApi *a)
{
    if (a->owns_memory)
        hk_buf_text(a->out,
                    "\n    /// The active pages of the memory.\n"
                    "    pub fn memory(&self) -> &[u8] {\n        self.memory.bytes()\n    }\n"
                    "\n    /// The active pages of the memory, to be changed.\n"
                    "    pub fn memory_mut(&mut self) -> &mut [u8] {\n        "
                    "self.memory.bytes_mut()\n    }\n"
                    "\n    /// The memory, to be lent to a library module that may grow it.\n"
                    "    pub fn memory_growable(&mut self) -> GrowableMemory<'_> {\n"
                    "        self.memory.growable().at_most(MEMORY_BYTES)\n    }\n");
    if (a->m->host_bound)
        hk_buf_text(
            a->out,
            "\n    /// The host.\n    pub fn host(&self) -> &H {\n        &self.host\n    }\n"
            "\n    /// The host, to be changed.\n"
            "    pub fn host_mut(&mut self) -> &mut H {\n        &mut self.host\n    }\n");
    if (a->m->options->fuel)
        hk_buf_text(
            a->out,
            "\n    /// Fuel left. A call that uses it up traps with `FuelExhausted`.\n"
            "    pub fn fuel(&self) -> u64 {\n        self.fuel\n    }\n"
            "\n    /// Sets the fuel for the calls that follow.\n"
            "    pub fn set_fuel(&mut self, fuel: u64) {\n        self.fuel = fuel;\n    }\n");
}

static void put_function(const HkApi *a, const HkExport *e, const char *method)
{
    HkModule *m = a->m;
    const HkFunc *f = &m->funcs[e->index];
    const HkFuncType *type = &m->types[f->type];
    HkBuf *text = &m->line;

    hk_buf_format(a->out, "\n    /// Exported function `%s`.\n",
                  hk_names_printable(&m->ctx->arena, e->name));
    put_method_head(a, text, method, type, "pub ");
    hk_buf_text(text, " {");
    hk_layout_list(a->out, text->text, 1);
    if (m->options->trace)
        hk_buf_text(a->out, "        self.trace.clear();\n");
    hk_api_checks(a);
    hk_api_fix_memory(a, f->uses, "self");
    text->length = 0;
    hk_buf_format(text, "%s(", f->ident);
    size_t list = text->length;
    hk_api_state(a, text, f->uses, "self");
    for (uint32_t i = 0; i < type->param_count; i++)
        hk_buf_format(text, "%sl%lu", text->length == list ? "\1" : ",\1 ", (unsigned long)i);
    if (f->uses & HK_USE_TRACE)
        hk_buf_format(text, "%s&mut self.trace", text->length == list ? "\1" : ",\1 ");
    hk_buf_text(text, text->length == list ? ")" : "\1)");
    hk_layout_call(a->out, text->text, 2);
    hk_buf_text(a->out, "    }\n");
}

static void put_global(const HkApi *a, const HkExport *e, const char *getter, const char *setter)
{
    enum { CHAIN_WIDTH = 60 }; /* rustfmt's chain_width: a longer `self.globals.x` is broken */
    HkModule *m = a->m;
    const HkGlobal *g = &m->globals[e->index];
    const char *type = hk_type_rust(g->type);
    const char *name = hk_names_printable(&m->ctx->arena, e->name);
    HkGlobalPlace place = hk_global_place(g);
    bool host = place == HK_GLOBAL_HOST;
    const char *skip =
        place == HK_GLOBAL_STORED && strlen("self.globals.") + strlen(g->ident) > CHAIN_WIDTH
            ? "    #[rustfmt::skip]\n"
            : "";

    hk_buf_format(a->out,
                  "\n    /// Value of the exported global `%s`.\n%s    pub fn %s(&%sself) -> %s "
                  "{\n        ",
                  name, skip, getter, host ? "mut " : "", type);
    if (host)
        hk_buf_format(a->out, "%s(&mut self.host)\n    }\n", m->imports[g->import].path);
    else if (place == HK_GLOBAL_STORED)
        hk_buf_format(a->out, "self.globals.%s\n    }\n", g->ident);
    else
        hk_buf_format(a->out, "GLOBAL_%lu\n    }\n", (unsigned long)e->index);
    if (!setter)
        return;
    hk_buf_format(a->out,
                  "\n    /// Sets the exported global `%s`.\n%s    pub fn %s(&mut self, value: %s) "
                  "{\n",
                  name, skip, setter, type);
    if (host)
        hk_buf_format(a->out, "        %s(&mut self.host, value);\n    }\n",
                      m->imports[g->import].setter);
    else
        hk_buf_format(a->out, "        self.globals.%s = value;\n    }\n", g->ident);
}

static void put_table_accessor(const HkApi *a, const HkExport *e, const char *method,
                               const char *mut)
{
    const HkTable *t = &a->m->tables[e->index];

    hk_buf_format(a->out, "\n    /// The exported table `%s`%s.\n",
                  hk_names_printable(&a->m->ctx->arena, e->name), *mut ? ", to be changed" : "");
    size_t start = a->out->length;
    hk_buf_format(a->out, "    pub fn %s(&%sself) -> &%sTable<%s, %llu> {", method, mut, mut,
                  hk_type_rust(t->type), (unsigned long long)hk_table_storage(t));
    skip_if_wide(a->out, start, "    ");
    hk_buf_format(a->out, "\n        &%sself.tables.table_%lu\n    }\n", mut,
                  (unsigned long)e->index);
}

static void put_table(const HkApi *a, const HkExport *e, const char *getter, const char *setter)
{
    put_table_accessor(a, e, getter, "");
    put_table_accessor(a, e, setter, "mut ");
}

/* `name: value,` on a line, or the value on the next where one is too short. */
static void put_field(HkBuf *out, const char *indent, const char *before, const char *name,
                      const char *value)
{
    bool wide = strlen(indent) + strlen(before) + strlen(name) + strlen(value) + 3 > HK_LINE;

    hk_buf_format(out, "%s%s%s:", indent, before, name);
    if (wide)
        hk_buf_format(out, "\n%s   ", indent);
    hk_buf_format(out, " %s,\n", value);
}

/* Rust borrows the whole instance for a method: so that several parts of it can be lent to one
 * call, one method has them all. */
static void put_lend(const HkApi *a)
{
    const HkModule *m = a->m;
    char value[48];

    if (a->lends < 2)
        return;
    hk_buf_text(a->out, "\n    /// All that the instance can lend, at once.\n"
                        "    pub fn lend(&mut self) -> Lent<'_> {\n        Lent {\n");
    if (a->owns_memory)
        hk_buf_text(a->out, "            memory: self.memory.growable().at_most(MEMORY_BYTES),\n");
    for (uint32_t i = 0; i < m->export_count; i++)
        if (is_first_of_own_table(m, i)) {
            snprintf(value, sizeof value, "&mut self.tables.table_%lu",
                     (unsigned long)m->exports[i].index);
            put_field(a->out, "            ", "", a->methods[i], value);
        }
    hk_buf_text(a->out, "        }\n    }\n");
}

static void put_lent_type(const HkApi *a)
{
    const HkModule *m = a->m;
    char type[64];

    if (a->lends < 2)
        return;
    hk_buf_text(a->out, "\n/// What an instance can lend to library modules.\n"
                        "pub struct Lent<'a> {\n");
    if (a->owns_memory)
        hk_buf_text(a->out, "    /// The memory.\n    pub memory: GrowableMemory<'a>,\n");
    for (uint32_t i = 0; i < m->export_count; i++)
        if (is_first_of_own_table(m, i)) {
            const HkTable *table = &m->tables[m->exports[i].index];
            hk_buf_format(a->out, "    /// The exported table `%s`.\n",
                          hk_names_printable(&m->ctx->arena, m->exports[i].name));
            snprintf(type, sizeof type, "&'a mut Table<%s, %llu>", hk_type_rust(table->type),
                     (unsigned long long)hk_table_storage(table));
            put_field(a->out, "    ", "pub ", a->methods[i], type);
        }
    hk_buf_text(a->out, "}\n");
}

static void put_methods(const HkApi *a)
{
    for (uint32_t i = 0; i < a->m->export_count; i++) {
        const HkExport *e = &a->m->exports[i];
        if (e->kind == HK_KIND_FUNCTION)
            put_function(a, e, a->methods[i]);
        else if (e->kind == HK_KIND_GLOBAL)
            put_global(a, e, a->methods[i], a->setters[i]);
        else if (e->kind == HK_KIND_TABLE && !is_lent_table(a->m, e))
            put_table(a, e, a->methods[i], a->setters[i]);
    }
}

static void put_exports_head(const HkApi *a, const HkExport *e, const char *method, const char *end)
{
    HkBuf *text = &a->m->line;

    put_method_head(a, text, method, hk_func_type(a->m, e->index), "");
    hk_buf_text(text, end);
    if (*end == ';')
        hk_layout_declaration(a->out, text->text, 1);
    else
        hk_layout_list(a->out, text->text, 1);
}

static void put_exports_trait(const HkApi *a)
{
    HkModule *m = a->m;
    bool any = false;

    hk_buf_text(a->out, "\n/// The exported functions, so that other code can ask for them without "
                        "naming the instance.\n"
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
    hk_api_impl(a, "Exports for ");
    if (!any)
        a->out->length--; /* {} */
    for (uint32_t i = 0, seen = 0; i < m->export_count; i++) {
        if (m->exports[i].kind != HK_KIND_FUNCTION)
            continue;
        hk_buf_text(a->out, seen++ ? "\n" : "");
        put_exports_head(a, &m->exports[i], a->methods[i], " {");
        HkBuf *text = &m->line;
        const HkFuncType *type = hk_func_type(m, m->exports[i].index);
        text->length = 0;
        hk_buf_format(text, "%s::%s(\1self", a->name, a->methods[i]);
        hk_api_lent_args(a, text, ",\1 ");
        for (uint32_t p = 0; p < type->param_count; p++)
            hk_buf_format(text, ",\1 l%lu", (unsigned long)p);
        hk_buf_text(text, "\1)");
        hk_layout_call(a->out, text->text, 2);
        hk_buf_text(a->out, "    }\n");
    }
    hk_buf_text(a->out, "}\n");
}

/* A trait, because `trap_trace` may then be an export's name too. */
static void put_traced(const HkApi *a)
{
    if (!a->m->options->trace)
        return;
    hk_api_any_impl(a, "trace::Traced");
    hk_buf_text(a->out,
                "    fn trap_trace(&self) -> &TrapTrace {\n        &self.trace\n    }\n}\n");
}

void hk_emit_api(HkModule *m, HkBuf *out)
{
    HkApi a = api_of(m, out);

    name_exports(&a);
    m->lent_memory = a.lent_memory ? lent_memory_param(&a) : NULL;
    hk_api_struct(&a);
    hk_api_impl(&a, "");
    hk_api_new(&a);
    put_accessors(&a);
    put_methods(&a);
    put_lend(&a);
    hk_buf_text(out, "}\n");
    put_lent_type(&a);
    hk_api_boxed(&a);
    put_exports_trait(&a);
    hk_api_snapshot(&a);
    put_traced(&a);
}
