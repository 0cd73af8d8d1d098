/*
 * dwarf_line.c: source lines, from the section .debug_line (DWARF 5, section 6.2; versions 2 to 5).
 *
 * In WebAssembly an address is an offset in the contents of the code section. The section is a list
 * of units; each has names of files and a program for a state machine, whose rows say which line
 * the code from an address on is of. Of a file's name only the part behind the folders is kept,
 * which is the same on every machine.
 *
 * Nothing here can make a module fail: a table that makes no sense gives a warning and no lines.
 * Work and memory are a multiple of the section's size, whatever it holds.
 */
#include "hk.h"

#include <stdlib.h>

enum { MAX_NAME = 1024 }; /* longer names of files are not looked for the end of */

/* In another section. Empty if there is none there. */
static HkString text_at(const HkModule *m, const HkReader *section, uint64_t offset)
{
    size_t size = section->end - section->at;

    if (offset >= size)
        return (HkString){NULL, 0};
    const uint8_t *at = m->bytes + section->at + offset;
    size_t most = size - offset < MAX_NAME ? size - (size_t)offset : MAX_NAME;
    const uint8_t *end = memchr(at, 0, most);
    return (HkString){at, end ? (uint32_t)(end - at) : 0};
}

/* ---- the header of a unit ---- */

/* A file of the unit: where its name is, and once a row names it, its number among all files. */
typedef struct File {
    HkString name;
    uint64_t offset;         /* in: */
    const HkReader *section; /* NULL: it is `name` */
    uint32_t number;         /* plus one; 0: not yet known */
} File;

typedef struct Unit {
    HkModule *m;
    HkCursor c;
    unsigned version, least_instruction, line_range, opcode_base;
    int line_base;
    const uint8_t *operands; /* of each standard opcode */
    File *files;
    size_t file_count, file_capacity;
} Unit;

static File *add_file(Unit *u)
{
    if (u->file_count == u->file_capacity) {
        size_t capacity = u->file_capacity ? u->file_capacity * 2 : 16;
        File *files = HK_NEW_ARRAY(&u->m->ctx->scratch, capacity, File);
        if (u->file_count)
            memcpy(files, u->files, u->file_count * sizeof *files);
        u->files = files;
        u->file_capacity = capacity;
    }
    return &u->files[u->file_count++];
}

/* Up to version 4: folders, then files, which are counted from 1. */
static void read_old_files(Unit *u)
{
    HkCursor *c = &u->c;

    while (!c->bad && hk_cursor_text(c).length) {
    }
    *add_file(u) = (File){0};
    while (!c->bad) {
        HkString name = hk_cursor_text(c);
        if (!name.length)
            break;
        *add_file(u) = (File){.name = name};
        hk_cursor_uleb128(c); /* folder, time and size */
        hk_cursor_uleb128(c);
        hk_cursor_uleb128(c);
    }
}

/* A value of one of the forms (7.5.5) that entries of the header have. */
static void read_form(Unit *u, uint64_t form, File *file)
{
    enum {
        DATA2 = 0x05,
        DATA4 = 0x06,
        DATA8 = 0x07,
        STRING = 0x08,
        BLOCK = 0x09,
        DATA1 = 0x0b,
        STRP = 0x0e,
        UDATA = 0x0f,
        DATA16 = 0x1e,
        LINE_STRP = 0x1f
    };
    HkCursor *c = &u->c;

    switch (form) {
    case DATA1: hk_cursor_skip(c, 1); break;
    case DATA2: hk_cursor_skip(c, 2); break;
    case DATA4: hk_cursor_skip(c, 4); break;
    case DATA8: hk_cursor_skip(c, 8); break;
    case DATA16: hk_cursor_skip(c, 16); break;
    case UDATA: hk_cursor_uleb128(c); break;
    case BLOCK: hk_cursor_skip(c, hk_cursor_uleb128(c)); break;
    case STRING: file->name = hk_cursor_text(c); break;
    case STRP:
    case LINE_STRP:
        file->offset = hk_cursor_fixed(c, 4);
        file->section = form == STRP ? &u->m->debug_str : &u->m->debug_line_str;
        break;
    default: c->bad = true;
    }
}

/* From version 5 on: a list of entries that the header itself says the format of. */
static void read_entries(Unit *u, bool are_files)
{
    enum { PATH = 1 };
    HkCursor *c = &u->c;
    unsigned count = (unsigned)hk_cursor_fixed(c, 1);
    const HkCursor format = *c;

    for (unsigned i = 0; i < 2 * count; i++)
        hk_cursor_uleb128(c);
    uint64_t entries = hk_cursor_uleb128(c);
    if (entries && !count)
        c->bad = true; /* entries without a byte */
    for (uint64_t entry = 0; entry < entries && !c->bad; entry++) {
        HkCursor f = format;
        File path = {0}, other = {0};
        for (unsigned i = 0; i < count; i++) {
            uint64_t content = hk_cursor_uleb128(&f), form = hk_cursor_uleb128(&f);
            read_form(u, form, content == PATH ? &path : &other);
        }
        if (are_files)
            *add_file(u) = path;
    }
}

/* False: of a version that is not known, and skipped. */
static bool read_unit_header(Unit *u)
{
    HkCursor *c = &u->c;

    u->version = (unsigned)hk_cursor_fixed(c, 2);
    if (u->version < 2 || u->version > 5)
        return false;
    if (u->version == 5)
        hk_cursor_skip(c, 2); /* size of an address, and of a segment's number */
    uint64_t length = hk_cursor_fixed(c, 4);
    if (c->bad || length > (uint64_t)(c->end - c->at)) {
        c->bad = true;
        return false;
    }
    const uint8_t *program = c->at + length;
    u->least_instruction = (unsigned)hk_cursor_fixed(c, 1);
    hk_cursor_skip(
        c, u->version >= 4 ? 2 : 1); /* operations of an instruction; is a row a statement? */
    u->line_base = (int)(int8_t)hk_cursor_fixed(c, 1);
    u->line_range = (unsigned)hk_cursor_fixed(c, 1);
    u->opcode_base = (unsigned)hk_cursor_fixed(c, 1);
    u->operands = c->at;
    c->bad |= !u->line_range || !u->opcode_base;
    hk_cursor_skip(c, c->bad ? 0 : u->opcode_base - 1);
    if (u->version == 5) {
        read_entries(u, false);
        read_entries(u, true);
    } else {
        read_old_files(u);
    }
    c->bad |= c->at > program;
    c->at = program;
    return !c->bad;
}

/* ---- rows ---- */

typedef struct Interned { /* a file's name that is known by its characters */
    uint32_t number;
    char name[];
} Interned;

static uint32_t intern(HkModule *m, const char *name)
{
    const char *known = hk_names_find(&m->source_names, name);

    if (known)
        return ((const Interned *)(const void *)(known - offsetof(Interned, name)))->number;
    Interned *file = hk_arena_alloc(&m->ctx->arena, sizeof *file + strlen(name) + 1);
    strcpy(file->name, name);
    file->number = m->source_count;
    hk_names_take(&m->source_names, file->name);
    m->sources = hk_grow(m->ctx, m->sources, &m->source_capacity, (size_t)m->source_count + 1,
                         sizeof *m->sources);
    m->sources[m->source_count++] = file->name;
    return file->number;
}

/* A file's number, plus one; 0: it has no name. */
static uint32_t file_number(Unit *u, uint64_t index)
{
    if (index >= u->file_count)
        return 0;
    File *file = &u->files[index];
    if (file->number)
        return file->number;
    HkString name = file->section ? text_at(u->m, file->section, file->offset) : file->name;
    uint32_t start = name.length;
    while (start && name.bytes[start - 1] != '/' && name.bytes[start - 1] != '\\')
        start--;
    if (start == name.length)
        return 0;
    name = (HkString){name.bytes + start, name.length - start};
    return file->number = intern(u->m, hk_names_printable(&u->m->ctx->arena, name)) + 1;
}

typedef struct Row {
    uint64_t address, file, line;
    bool begun;   /* the sequence has rows */
    bool is_dead; /* the sequence is of a function that the linker left out */
} Row;

/* Of the end of a sequence: no line is known from there. */
static void add_row(Unit *u, Row *row, bool is_end)
{
    HkModule *m = u->m;

    if (!row->begun)
        row->is_dead = !row->address || row->address >= m->code_size;
    row->begun = true;
    if (row->is_dead || row->address > m->code_size)
        return;
    uint32_t file = is_end || row->line > INT32_MAX ? 0 : file_number(u, row->file);
    m->lines = hk_grow(m->ctx, m->lines, &m->line_capacity, m->line_count + 1, sizeof *m->lines);
    m->lines[m->line_count] =
        (HkLine){(uint32_t)(m->code_start + row->address), file ? (uint32_t)row->line : 0,
                 file ? file - 1 : 0, (uint32_t)(2 * m->line_count + !is_end)};
    m->line_count++;
}

static void run_extended(Unit *u, Row *row)
{
    enum { END_SEQUENCE = 1, SET_ADDRESS = 2 };
    HkCursor *c = &u->c;
    uint64_t size = hk_cursor_uleb128(c);
    const uint8_t *start = c->at;

    if (c->bad || !size || size > (uint64_t)(c->end - start)) {
        c->bad = true;
        return;
    }
    uint8_t code = *c->at++;
    if (code == END_SEQUENCE) {
        add_row(u, row, true);
        *row = (Row){.file = 1, .line = 1};
    } else if (code == SET_ADDRESS) {
        row->address = hk_cursor_fixed(c, size == 9 ? 8 : 4);
    }
    c->bad |= c->at > start + size;
    c->at = start + size;
}

static void run_standard(Unit *u, Row *row, uint8_t code)
{
    enum { COPY = 1, ADVANCE_PC, ADVANCE_LINE, SET_FILE, CONST_ADD_PC = 8, FIXED_ADVANCE_PC = 9 };
    HkCursor *c = &u->c;

    switch (code) {
    case COPY: add_row(u, row, false); break;
    case ADVANCE_PC: row->address += hk_cursor_uleb128(c) * u->least_instruction; break;
    case ADVANCE_LINE: row->line += (uint64_t)hk_cursor_sleb128(c); break;
    case SET_FILE: row->file = hk_cursor_uleb128(c); break;
    case CONST_ADD_PC:
        row->address += (uint64_t)(255 - u->opcode_base) / u->line_range * u->least_instruction;
        break;
    case FIXED_ADVANCE_PC: row->address += hk_cursor_fixed(c, 2); break;
    default: /* columns, flags, and what is not known */
        for (unsigned i = u->operands[code - 1]; i; i--)
            hk_cursor_uleb128(c);
    }
}

static void run_program(Unit *u)
{
    HkCursor *c = &u->c;
    Row row = {.file = 1, .line = 1};

    while (c->at < c->end && !c->bad) {
        uint8_t code = *c->at++;
        if (!code) {
            run_extended(u, &row);
        } else if (code < u->opcode_base) {
            run_standard(u, &row, code);
        } else {
            unsigned adjusted = code - u->opcode_base;
            row.address += (uint64_t)(adjusted / u->line_range) * u->least_instruction;
            row.line += (uint64_t)(int64_t)(u->line_base + (int)(adjusted % u->line_range));
            add_row(u, &row, false);
        }
    }
}

/* ---- the table ---- */

/* At one offset the end of a sequence comes before the start of the next. */
static int compare_lines(const void *a, const void *b)
{
    const HkLine *x = a, *y = b;

    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    if ((x->order & 1) != (y->order & 1))
        return x->order & 1 ? 1 : -1;
    return (x->order > y->order) - (x->order < y->order);
}

/* Of rows at one offset the last holds; one that says what the row before says is needless. */
static void order_lines(HkModule *m)
{
    HkLine *lines = m->lines;
    size_t kept = 0;

    if (!m->line_count)
        return;
    qsort(lines, m->line_count, sizeof *lines, compare_lines);
    for (size_t i = 0; i < m->line_count; i++) {
        if (i + 1 < m->line_count && lines[i + 1].offset == lines[i].offset)
            continue;
        if (kept && lines[kept - 1].line == lines[i].line && lines[kept - 1].file == lines[i].file)
            continue;
        lines[kept++] = lines[i];
    }
    m->line_count = kept;
}

void hk_read_lines(HkModule *m)
{
    if (!m->debug_line.bytes)
        return;
    HkCursor section = {m->bytes + m->debug_line.at, m->bytes + m->debug_line.end, false};
    while (section.at < section.end && !section.bad) {
        uint64_t length = hk_cursor_fixed(&section, 4);
        Unit u = {.m = m, .c = {section.at, section.at, false}};
        hk_cursor_skip(&section, length);
        u.c.end = section.at;
        hk_arena_reset(&m->ctx->scratch);
        if (!section.bad && read_unit_header(&u))
            run_program(&u);
        section.bad |= u.c.bad;
    }
    if (section.bad) {
        hk_buf_text(&m->warnings, "the section .debug_line is malformed: source lines are left "
                                  "out; was the file changed after it was linked?\n");
        m->line_count = 0;
    }
    order_lines(m);
}

const HkLine *hk_line_at(const HkModule *m, size_t offset)
{
    size_t low = 0, high = m->line_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->lines[middle].offset <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low && m->lines[low - 1].line ? &m->lines[low - 1] : NULL;
}
