/*
 * imports.c: each import module name becomes a trait, each function and global of it a method
 * (REQ_CAP_IMPORTS), but for WASI, whose traits the runtime has (wasi.c); each table becomes one
 * that is lent.
 *
 * The same import asked for twice with the same type is one method; with another type it is a
 * method of its own.
 */
#include "hk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int hk_compare_strings(const HkString *a, const HkString *b)
{
    uint32_t common = a->length < b->length ? a->length : b->length;
    int order = common ? memcmp(a->bytes, b->bytes, common) : 0;

    return order ? order : (a->length > b->length) - (a->length < b->length);
}

typedef struct Sorted {
    const HkModule *m;
    HkImport *import;
} Sorted;

static uint32_t type_of(const HkModule *m, const HkImport *import)
{
    if (import->kind == HK_KIND_FUNCTION)
        return m->types[m->funcs[import->index].type].canonical;
    return (uint32_t)m->globals[import->index].type << 1 | m->globals[import->index].is_mutable;
}

static int compare_identity(const Sorted *x, const Sorted *y)
{
    int order = hk_compare_strings(&x->import->module, &y->import->module);

    if (!order)
        order = hk_compare_strings(&x->import->field, &y->import->field);
    if (!order)
        order = (x->import->kind > y->import->kind) - (x->import->kind < y->import->kind);
    if (order)
        return order;
    uint32_t a = type_of(x->m, x->import), b = type_of(y->m, y->import);
    return (a > b) - (a < b);
}

static int compare(const void *a, const void *b)
{
    const Sorted *x = a, *y = b;
    int order = compare_identity(x, y);

    return order ? order : (x->import > y->import) - (x->import < y->import);
}

/* Of a trait of the module's own. */
static bool is_method(HkModule *m, const HkImport *import)
{
    return (import->kind == HK_KIND_FUNCTION || import->kind == HK_KIND_GLOBAL) &&
           !hk_wasi_has(m, import);
}

static const char *join(HkArena *arena, const char *trait_name, const char *prefix,
                        const char *method)
{
    size_t size = strlen(trait_name) + strlen(prefix) + strlen(method) + 3;
    char *path = hk_arena_alloc(arena, size);

    if (*prefix && strncmp(method, "r#", 2) == 0)
        method += 2;
    if (*prefix)
        method += strspn(method, "_");
    snprintf(path, size, "%s::%s%s", trait_name, prefix, method);
    return path;
}

static void assign_methods(HkModule *m, HkTrait *trait, HkNameSet *paths)
{
    HkArena *arena = &m->ctx->arena;

    for (HkImport *import = trait->first; import; import = import->next) {
        if (import->is_repeated)
            continue;
        const char *method = hk_names_snake(arena, import->field);
        import->path =
            hk_names_unique(paths, arena, join(arena, trait->name, "", method), import->index);
        if (import->kind == HK_KIND_GLOBAL && m->globals[import->index].is_mutable)
            import->setter = hk_names_unique(paths, arena, join(arena, trait->name, "set_", method),
                                             import->index);
    }
}

/* Types that generated code has or takes from the prelude of Rust: a trait of that name would hide
 * them. */
static const char *const taken[] = {
    "Module",
    "LibraryModule",
    "Exports",
    "Globals",
    "Memory",
    "BoxedMemory",
    "WasmTrap",
    "GrowableMemory",
    "MemoryStorage",
    "FuncRef",
    "ExternRef",
    "Table",
    "Tables",
    "TableView",
    "Lent",
    "Dropped",
    "DroppedSegments",
    "Host",
    "M",
    "H",
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Hash",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
};

/* Traits in the order in which their modules are first imported from. */
static void assign_traits(HkModule *m, Sorted *sorted, uint32_t count)
{
    HkNameSet names = {.ctx = m->ctx}, paths = {.ctx = m->ctx};
    HkTrait **trait_of = HK_NEW_ARRAY(&m->ctx->arena, m->import_count, HkTrait *);

    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        hk_names_take(&names, taken[i]);
    if (m->options->trace)
        hk_names_take(&names, "TrapTrace");
    /* The first import of each module, found in the sorted order, stands for the module. */
    uint32_t *leader = HK_NEW_ARRAY(&m->ctx->arena, m->import_count, uint32_t);
    for (uint32_t i = 0, start = 0; i < count; i++) {
        if (i && hk_compare_strings(&sorted[i].import->module, &sorted[i - 1].import->module) != 0)
            start = i;
        leader[sorted[i].import - m->imports] = (uint32_t)(sorted[start].import - m->imports);
    }
    for (uint32_t i = 0; i < m->import_count; i++) {
        HkImport *import = &m->imports[i];
        if (!is_method(m, import))
            continue;
        HkTrait *trait = trait_of[leader[i]];
        if (!trait) {
            trait = trait_of[leader[i]] = &m->traits[m->trait_count++];
            trait->module = import->module;
            trait->name = hk_names_unique_camel(&names, &m->ctx->arena,
                                                hk_names_camel(&m->ctx->arena, import->module));
        }
        if (trait->last)
            trait->last->next = import;
        else
            trait->first = import;
        trait->last = import;
    }
    for (uint32_t i = 0; i < m->trait_count; i++)
        assign_methods(m, &m->traits[i], &paths);
}

static bool has_same_import(const HkModule *m, const HkTable *a, const HkTable *b)
{
    const HkImport *x = &m->imports[a->import], *y = &m->imports[b->import];

    return a->type == b->type && hk_compare_strings(&x->module, &y->module) == 0 &&
           hk_compare_strings(&x->field, &y->field) == 0;
}

/* Rust lends a table once at a time: imports of the same name and type are one table, which has to
 * keep to the limits of all of them. */
static void assign_tables(HkModule *m)
{
    for (uint32_t i = 0; i < m->table_count && m->tables[i].imported; i++) {
        HkTable *table = &m->tables[i];
        while (table->lent < m->lent_table_count &&
               !has_same_import(m, m->lent_tables[table->lent], table))
            table->lent++;
        if (table->lent == HK_MAX_LENT)
            hk_raise(m->ctx, HERKOS_PHASE_UNSUPPORTED, m->imports[table->import].offset,
                     "more than %d imported tables are not supported", HK_MAX_LENT);
        if (table->lent == m->lent_table_count) {
            m->lent_tables[m->lent_table_count++] = table;
            continue;
        }
        HkLimits *limits = &m->lent_tables[table->lent]->limits;
        if (table->limits.min > limits->min)
            limits->min = table->limits.min;
        if (table->limits.has_max && !(limits->has_max && limits->max < table->limits.max)) {
            limits->has_max = true;
            limits->max = table->limits.max;
        }
    }
}

static void assign_own(HkModule *m)
{
    Sorted *sorted = HK_NEW_ARRAY(&m->ctx->arena, m->import_count, Sorted);
    uint32_t count = 0;

    for (uint32_t i = 0; i < m->import_count; i++)
        if (is_method(m, &m->imports[i]))
            sorted[count++] = (Sorted){m, &m->imports[i]};
    if (!count)
        return;
    qsort(sorted, count, sizeof *sorted, compare);
    for (uint32_t i = 1; i < count; i++)
        sorted[i].import->is_repeated = compare_identity(&sorted[i - 1], &sorted[i]) == 0;
    assign_traits(m, sorted, count);
    for (uint32_t i = 1; i < count; i++)
        if (sorted[i].import->is_repeated) {
            sorted[i].import->path = sorted[i - 1].import->path;
            sorted[i].import->setter = sorted[i - 1].import->setter;
        }
}

/* `Env + Store`. */
static const char *all_traits(HkModule *m)
{
    size_t size = 1;

    for (uint32_t i = 0; i < m->trait_count; i++)
        size += strlen(m->traits[i].name) + strlen(" + ");
    char *text = hk_arena_alloc(&m->ctx->arena, size), *end = text;
    for (uint32_t i = 0; i < m->trait_count; i++)
        end +=
            snprintf(end, size - (size_t)(end - text), "%s%s", i ? " + " : "", m->traits[i].name);
    return text;
}

void hk_imports_assign(HkModule *m)
{
    m->traits = HK_NEW_ARRAY(&m->ctx->arena, m->import_count, HkTrait);
    assign_tables(m);
    assign_own(m);
    for (uint32_t i = 0; i < m->import_count; i++)
        if (hk_wasi_has(m, &m->imports[i]))
            hk_wasi_assign(m, &m->imports[i]);
    if (!m->trait_count)
        return;
    m->host_traits = all_traits(m);
    m->host_bound = m->trait_count == 1 ? m->host_traits : "Host";
}
