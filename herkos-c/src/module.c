/*
 * module.c: the frame of a module: header, order and extent of the sections (WebAssembly
 * specification, 5.5).
 *
 * Afterwards every index space is complete and the bodies of functions are known by their extent
 * only; validate.c reads them.
 */
#include "hk.h"

#include <string.h>

typedef struct Section {
    const char *name;
    void (*read)(HkModule *m, HkReader *r);
    uint8_t rank; /* sections come in ascending rank: the data count precedes the code */
} Section;

static const Section sections[] = {
    [1] = {"type", hk_section_types, 1},         [2] = {"import", hk_section_imports, 2},
    [3] = {"function", hk_section_functions, 3}, [4] = {"table", hk_section_tables, 4},
    [5] = {"memory", hk_section_memories, 5},    [6] = {"global", hk_section_globals, 7},
    [7] = {"export", hk_section_exports, 8},     [8] = {"start", hk_section_start, 9},
    [9] = {"element", hk_section_elements, 10},  [10] = {"code", hk_section_code, 12},
    [11] = {"data", hk_section_data, 13},        [12] = {"data count", hk_section_data_count, 11},
};

enum { SECTION_CUSTOM = 0, SECTION_TAG = 13 };

/* What else is found in files called .wasm, by what it begins with. */
static const struct {
    const char *begin, *what;
} others[] = {
    {"\x7f"
     "ELF",
     "a native object or program; compile it for wasm32"},
    {"MZ", "a native program; compile it for wasm32"},
    {"!<arch>", "a static library; link it into a module with wasm-ld"},
    {"BC\xc0\xde", "LLVM bitcode; compile without -flto, or link it with wasm-ld"},
    {"\x1f\x8b", "compressed with gzip; unpack it first"},
    {"PK\x03\x04", "a ZIP archive; unpack it first"},
    {"version https://git-lfs", "a pointer of Git LFS; run `git lfs pull` for the file itself"},
    {"<", "HTML or XML, perhaps of a download that failed"},
    {"(", "the text format; turn it into a binary with wat2wasm first"},
    {";;", "the text format; turn it into a binary with wat2wasm first"},
};

static _Noreturn void refuse_other(const HkModule *m)
{
    size_t at = m->length >= 3 && memcmp(m->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    while (at < m->length && strchr(" \t\r\n", m->bytes[at]) && m->bytes[at])
        at++;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        size_t length = strlen(others[i].begin);
        if (m->length - at >= length && memcmp(m->bytes + at, others[i].begin, length) == 0)
            hk_raise(m->ctx, HERKOS_PHASE_DECODE, 0, "magic header not detected: this is %s",
                     others[i].what);
    }
    hk_raise(m->ctx, HERKOS_PHASE_DECODE, 0,
             m->length ? "magic header not detected: this is not a WebAssembly binary (it does not "
                         "begin with \\0asm)"
                       : "magic header not detected: the file is empty");
}

static void read_header(HkModule *m, HkReader *r)
{
    static const uint8_t magic[4] = {0x00, 'a', 's', 'm'};

    if (m->length < 4 || memcmp(m->bytes, magic, 4) != 0)
        refuse_other(m);
    r->at = 4;
    uint32_t version = hk_read_f32(r);
    if (version == 0x0001000d)
        hk_raise(m->ctx, HERKOS_PHASE_UNSUPPORTED, 4,
                 "this is a component, not a core module: compile for wasm32-unknown-unknown or "
                 "wasm32-wasip1, or take the module out with `wasm-tools component unbundle`");
    if (version != 1)
        hk_raise(m->ctx, HERKOS_PHASE_DECODE, 4, "unknown binary version %lu",
                 (unsigned long)version);
}

/* Custom sections (5.5.3): their name must be well-formed; of their contents only the name section
 * and the source lines are looked at. */
static void read_custom(HkModule *m, HkReader *r)
{
    HkString name = hk_read_name(r);

    if (hk_is_text(name, "name"))
        m->name_section = *r;
    if (hk_is_text(name, ".debug_line"))
        m->debug_line = *r;
    if (hk_is_text(name, ".debug_str"))
        m->debug_str = *r;
    if (hk_is_text(name, ".debug_line_str"))
        m->debug_line_str = *r;
    if (hk_is_text(name, "linking"))
        hk_raise(m->ctx, HERKOS_PHASE_UNSUPPORTED, r->at,
                 "this is an object file, not a linked module: link it with wasm-ld first");
    r->at = r->end;
}

static void read_section(HkModule *m, HkReader *r, uint8_t *rank)
{
    size_t offset = r->at;
    uint8_t id = hk_read_u8(r);
    size_t at_length = r->at;
    uint32_t length = hk_read_u32(r);

    if (id == SECTION_TAG)
        hk_refuse(m->ctx, offset, HK_EXCEPTIONS, "");
    if (id >= sizeof sections / sizeof *sections)
        hk_raise(m->ctx, HERKOS_PHASE_DECODE, offset, "malformed section id %u", id);
    if (length > r->end - r->at)
        hk_raise(m->ctx, HERKOS_PHASE_DECODE, at_length, "unexpected end: length out of bounds");
    HkReader part = hk_read_part(r, length);
    if (id == SECTION_CUSTOM) {
        read_custom(m, &part);
        return;
    }
    if (sections[id].rank <= *rank)
        hk_raise(
            m->ctx, HERKOS_PHASE_DECODE, offset,
            "unexpected content after last section: the %s section is repeated or out of order",
            sections[id].name);
    *rank = sections[id].rank;
    sections[id].read(m, &part);
    if (part.at != part.end)
        hk_raise(m->ctx, HERKOS_PHASE_DECODE, part.at, "section size mismatch in the %s section",
                 sections[id].name);
}

void hk_module_read(HkModule *m)
{
    HkReader r = {m->ctx, m->bytes, 0, m->length};
    uint8_t rank = 0;

    read_header(m, &r);
    while (r.at < r.end)
        read_section(m, &r, &rank);
    if (m->func_count != m->imported_funcs && !m->has_code)
        hk_raise(m->ctx, HERKOS_PHASE_DECODE, m->length,
                 "function and code section have inconsistent lengths");
    if (m->has_data_count && m->declared_data_count != m->data_count)
        hk_raise(m->ctx, HERKOS_PHASE_DECODE, m->length,
                 "data count and data section have inconsistent lengths");
}

HkGlobalPlace hk_global_place(const HkGlobal *global)
{
    if (global->imported && global->is_mutable)
        return HK_GLOBAL_HOST;
    return global->imported || global->is_mutable || global->init.kind == HK_INIT_GLOBAL
               ? HK_GLOBAL_STORED
               : HK_GLOBAL_CONSTANT;
}

HkTablePlace hk_table_place(const HkTable *table)
{
    return table->imported ? HK_TABLE_LENT : table->is_stored ? HK_TABLE_STORED : HK_TABLE_CONSTANT;
}

bool hk_is_same_table(const HkTable *a, const HkTable *b)
{
    return a == b || (a->imported && b->imported && a->lent == b->lent);
}

uint32_t hk_table_use(const HkTable *table)
{
    return table->imported ? (uint32_t)HK_USE_LENT << table->lent : HK_USE_TABLES;
}

const HkFuncType *hk_func_type(const HkModule *m, uint32_t function)
{
    return &m->types[m->funcs[function].type];
}
