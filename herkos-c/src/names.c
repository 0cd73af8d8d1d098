/*
 * names.c: Rust identifiers from names that may hold anything.
 *
 * Identifiers are ASCII, unique among their neighbours, and never a keyword, a variable of
 * generated code or a function of herkos_runtime::prelude. Everything is a function of the module
 * alone: first come, first served, in index order.
 */
#include "hk.h"

#include <stdio.h>
#include <string.h>

enum {
    MAX_IDENT = 60
}; /* of what is taken from the original name: generated code repeats names often */

static uint64_t hash(const char *text)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325); /* FNV-1a */

    for (; *text; text++)
        h = (h ^ (uint8_t)*text) * UINT64_C(0x100000001b3);
    return h;
}

static const char **find(const HkNameSet *set, const char *ident)
{
    size_t at = (size_t)hash(ident) & (set->capacity - 1);

    while (set->slots[at] && strcmp(set->slots[at], ident) != 0)
        at = (at + 1) & (set->capacity - 1);
    return &set->slots[at];
}

static void rehash(HkNameSet *set)
{
    HkNameSet wide = {set->ctx, NULL, set->count, set->capacity ? set->capacity * 2 : 512};

    wide.slots = HK_NEW_ARRAY(&set->ctx->arena, wide.capacity, const char *);
    for (size_t i = 0; i < set->capacity; i++)
        if (set->slots[i])
            *find(&wide, set->slots[i]) = set->slots[i];
    *set = wide;
}

const char *hk_names_find(const HkNameSet *set, const char *ident)
{
    return set->capacity ? *find(set, ident) : NULL;
}

bool hk_names_take(HkNameSet *set, const char *ident)
{
    if (set->count * 2 >= set->capacity)
        rehash(set);
    const char **slot = find(set, ident);
    if (*slot)
        return false;
    *slot = ident;
    set->count++;
    return true;
}

/* The length without underscores at the end: with something behind them rustc's lint would see two
 * inside. */
size_t hk_names_trimmed(const char *ident)
{
    size_t length = strlen(ident);

    while (length && ident[length - 1] == '_')
        length--;
    return length;
}

/* `wanted`, or with _NUMBER behind it, or with further underscores until it is free. */
const char *hk_names_unique(HkNameSet *set, HkArena *arena, const char *wanted, uint64_t number)
{
    if (hk_names_take(set, wanted))
        return wanted;
    const char *base = strncmp(wanted, "r#", 2) == 0 ? wanted + 2 : wanted;
    size_t size = strlen(base) + 40;
    char *ident = hk_arena_alloc(arena, size);
    int length = snprintf(ident, size, "%.*s_%llu", (int)hk_names_trimmed(base), base,
                          (unsigned long long)number);
    while (!hk_names_take(set, ident)) {
        if ((size_t)length + 2 > size)
            hk_raise(set->ctx, HERKOS_PHASE_UNSUPPORTED, 0, "no free identifier for \"%.40s\"",
                     base);
        ident[length++] = '_';
        ident[length] = '\0';
    }
    return ident;
}

/* The same for CamelCase, where a number needs no underscore. */
const char *hk_names_unique_camel(HkNameSet *set, HkArena *arena, const char *wanted)
{
    size_t size = strlen(wanted) + 24;
    char *ident = hk_arena_alloc(arena, size);

    strcpy(ident, wanted);
    for (uint64_t number = 2; !hk_names_take(set, ident); number++)
        snprintf(ident, size, "%s%llu", wanted, (unsigned long long)number);
    return ident;
}

/* Keywords of all editions; the first four can't be raw identifiers. */
static const char *const keywords[] = {
    "self",   "super",   "crate",  "Self",     "abstract", "as",    "async",    "await", "become",
    "box",    "break",   "const",  "continue", "do",       "dyn",   "else",     "enum",  "extern",
    "false",  "final",   "fn",     "for",      "gen",      "if",    "impl",     "in",    "let",
    "loop",   "macro",   "match",  "mod",      "move",     "mut",   "override", "priv",  "pub",
    "ref",    "return",  "static", "struct",   "trait",    "true",  "try",      "type",  "typeof",
    "unsafe", "unsized", "use",    "virtual",  "where",    "while", "yield",
};

static const char *escape_keyword(HkArena *arena, const char *ident)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (strcmp(ident, keywords[i]) != 0)
            continue;
        char *escaped = hk_arena_alloc(arena, strlen(ident) + 3);
        sprintf(escaped, i < 4 ? "%s_" : "r#%s", ident);
        return escaped;
    }
    return ident;
}

static bool is_upper(uint8_t c)
{
    return c >= 'A' && c <= 'Z';
}
static bool is_lower(uint8_t c)
{
    return c >= 'a' && c <= 'z';
}

/* addTwo -> add_two, fib-rec -> fib_rec, HTTPGet -> http_get, 2d -> _2d; what is no letter or digit
 * becomes one _. */
const char *hk_names_snake(HkArena *arena, HkString name)
{
    char *ident = hk_arena_alloc(arena, 2 * MAX_IDENT + 8);
    size_t length = 0;

    for (uint32_t i = 0; i < name.length && length < MAX_IDENT; i++) {
        uint8_t c = name.bytes[i], before = i ? name.bytes[i - 1] : 0;
        uint8_t after = i + 1 < name.length ? name.bytes[i + 1] : 0;
        if (!is_upper(c) && !is_lower(c) && !hk_is_digit(c)) {
            if (length < 2 ||
                ident[length - 1] != '_') /* leading ones stay; inside, rustc's lint wants one */
                ident[length++] = '_';
            continue;
        }
        if (length == 0 && hk_is_digit(c))
            ident[length++] = '_';
        if (length && is_upper(c) &&
            (is_lower(before) || hk_is_digit(before) || (is_upper(before) && is_lower(after))))
            ident[length++] = '_';
        ident[length++] = is_upper(c) ? (char)(c - 'A' + 'a') : (char)c;
    }
    if (strspn(ident, "_") == length)
        strcpy(ident + length, length ? "x" : "empty");
    return escape_keyword(arena, ident);
}

/* wasi_snapshot_preview1 -> WasiSnapshotPreview1 */
const char *hk_names_camel(HkArena *arena, HkString name)
{
    char *ident = hk_arena_alloc(arena, MAX_IDENT + 8);
    size_t length = 0;
    bool start = true;

    for (uint32_t i = 0; i < name.length && length < MAX_IDENT; i++) {
        uint8_t c = name.bytes[i];
        if (!is_upper(c) && !is_lower(c) && !hk_is_digit(c)) {
            start = true;
            continue;
        }
        if (length == 0 && hk_is_digit(c))
            ident[length++] = 'N';
        ident[length++] = start && is_lower(c) ? (char)(c - 'a' + 'A') : (char)c;
        start = hk_is_digit(c);
    }
    if (!length)
        strcpy(ident, "Unnamed");
    return escape_keyword(arena, ident);
}

/* For comments and messages: printable ASCII as it is, the rest as \u{...} or \xNN; never a quote
   or a backtick, so that nothing in a name can end the comment or string that it stands in. */
const char *hk_names_printable(HkArena *arena, HkString name)
{
    uint32_t shown = name.length < 200 ? name.length : 200;
    char *text = hk_arena_alloc(arena, (size_t)shown * 4 + 8);
    size_t length = 0;

    for (uint32_t i = 0; i < shown; i++) {
        uint8_t c = name.bytes[i];
        if (c >= 0x20 && c < 0x7f && c != '"' && c != '`' && c != '\\')
            text[length++] = (char)c;
        else
            length += (size_t)sprintf(text + length, "\\x%02x", c);
    }
    if (shown < name.length)
        strcpy(text + length, "...");
    return text;
}

/* Names that generated code gives a meaning of its own: the runtime's functions are those of the
 * opcode table. */
void hk_names_reserve(HkNameSet *set)
{
    static const char *const others[] = {
        "memory",
        "mem",
        "globals",
        "tables",
        "dropped",
        "host",
        "fuel",
        "stack",
        "select",
        "at",
        "f32_canonical",
        "f64_canonical",
        "f32_quiet",
        "f64_quiet",
        "f32x4_canonical",
        "f64x2_canonical",
        "f32x4_quiet",
        "f64x2_quiet",
        "stack_enter",
        "fuel_consume",
        "memory_check",
        "memory_fixed",
        "memory_fixed_mut",
        "memory_at_least",
        "memory_at_least_mut",
        "memory_check_capacity",
        "table_check",
        "memory_size_bytes",
        "memory_grow_bytes",
        "memory_grow_fixed",
        "memory_copy_fueled",
        "memory_fill_fueled",
        "memory_init_fueled",
        "memory_grow_fueled",
        "memory_grow_bytes_fueled",
        "table_copy_fueled",
        "table_fill_fueled",
        "table_init_fueled",
        "table_grow_fueled",
        "drop",
        "main",
        "index",
        "module",
    };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        hk_names_take(set, others[i]);
    for (size_t op = 0; op < HK_OP_COUNT; op++) {
        char *ident = hk_arena_alloc(&set->ctx->arena, strlen(hk_ops[op].text) + 1);
        for (size_t i = 0; hk_ops[op].text[i]; i++)
            ident[i] = hk_ops[op].text[i] == '.' ? '_' : hk_ops[op].text[i];
        hk_names_take(set, ident);
    }
}

/* Past the bracket that closes the one at `at`. */
static const char *past_brackets(const char *at, const char *end)
{
    char open = *at, close = open == '<' ? '>' : ')';
    uint32_t depth = 0;

    for (; at < end; at++) {
        depth += *at == open;
        if (*at == close && at[-1] != '-' && --depth == 0)
            return at + 1;
    }
    return end;
}

/* The last part of a path, or of what `<A as B>` implements it for, without arguments. */
static HkString part(const char *at, const char *end)
{
    while (at < end && *at == '<') {
        const char *stop = past_brackets(at, end) - 1, *part = ++at;
        for (const char *p = at; p < stop; p++) {
            if (*p == '<' && p > at)
                p = past_brackets(p, stop) - 1;
            else if (stop - p > 4 && memcmp(p, " as ", 4) == 0)
                stop = p;
            else if (p > at && p[0] == ':' && p[-1] == ':')
                part = p + 1;
        }
        at = part;
        end = stop;
    }
    const char *stop = at;
    while (stop < end && *stop != '<' && (*stop != '(' || stop == at))
        stop++;
    while (stop > at && strchr(":{}", stop[-1]))
        stop--;
    return (HkString){(const uint8_t *)at, (uint32_t)(stop - at)};
}

/* The last two parts of a path in Rust or C++: `core::fmt::Formatter<'_>::pad(int)` becomes
 * `Formatter_pad`. What is no path stays as it is. */
HkString hk_short_name(HkArena *arena, HkString name)
{
    const char *text = (const char *)name.bytes, *end = text + name.length;
    const char *starts[2] = {text, text}, *at = text;

    while (at < end) {
        if (*at == '<' || (*at == '(' && at == starts[1])) {
            at = past_brackets(at, end);
        } else if (*at == '(') {
            end = at;
        } else if (end - at > 2 && at[0] == ':' && at[1] == ':' && at[2] != '<') {
            starts[0] = starts[1];
            starts[1] = at += 2;
        } else {
            at++;
        }
    }
    if (starts[1] == text)
        return name;
    HkString parts[2] = {part(starts[0], starts[1] - 2), part(starts[1], end)};
    char *both = hk_arena_alloc(arena, (size_t)parts[0].length + parts[1].length + 2);
    memcpy(both, parts[0].bytes, parts[0].length);
    both[parts[0].length] = '_';
    memcpy(both + parts[0].length + 1, parts[1].bytes, parts[1].length);
    return (HkString){(const uint8_t *)both, parts[0].length + parts[1].length + 1};
}

/* l12, v3 and b0 are variables and labels of generated functions; _l12 and _v3 unread ones;
 * call_indirect_0 calls; table_0 is lent. */
static bool looks_generated(const char *ident)
{
    if (strncmp(ident, "call_indirect_", 14) == 0)
        return true;
    if (strncmp(ident, "table_", 6) == 0 && hk_is_digit(ident[6]))
        return true;
    ident += *ident == '_';
    if (!strchr("lvb", ident[0]) || !ident[1])
        return false;
    return strspn(ident + 1, "0123456789") == strlen(ident + 1);
}

static const char *function_ident(HkModule *m, HkNameSet *set, uint32_t index, HkString name)
{
    HkArena *arena = &m->ctx->arena;
    char plain[24];

    snprintf(plain, sizeof plain, "func_%lu", (unsigned long)index);
    HkString fallback = {(const uint8_t *)plain, (uint32_t)strlen(plain)};
    const char *wanted = hk_names_snake(arena, name.bytes ? name : fallback);
    if (looks_generated(wanted))
        wanted = hk_names_snake(arena, fallback);
    return hk_names_unique(set, arena, wanted, index);
}

static void assign_globals(HkModule *m, const HkString *names)
{
    HkNameSet set = {.ctx = m->ctx};

    for (uint32_t i = 0; i < m->global_count; i++) {
        HkGlobal *g = &m->globals[i];
        char plain[24];
        snprintf(plain, sizeof plain, "global_%lu", (unsigned long)i);
        HkString name =
            names[i].bytes ? names[i] : (HkString){(const uint8_t *)plain, (uint32_t)strlen(plain)};
        const char *wanted = hk_names_snake(&m->ctx->arena, name);
        while (names[i].bytes && wanted[0] == '_' && wanted[1] && !hk_is_digit(wanted[1]))
            wanted++;
        g->ident = hk_names_unique(&set, &m->ctx->arena, escape_keyword(&m->ctx->arena, wanted), i);
    }
}

/* Functions are named by the name section, else by an export, else by the import's field, else by
 * their index. */
void hk_names_assign(HkModule *m)
{
    HkArena *arena = &m->ctx->arena;
    HkString *names = HK_NEW_ARRAY(arena, m->func_count, HkString);
    HkString *global_names = HK_NEW_ARRAY(arena, m->global_count, HkString);

    hk_read_name_section(m, names, global_names);
    for (uint32_t i = 0; i < m->func_count; i++) {
        if (!names[i].bytes || !names[i].length) {
            names[i].bytes = NULL;
            continue;
        }
        names[i] = hk_demangle(arena, names[i]);
        m->funcs[i].name = hk_names_printable(arena, names[i]);
        names[i] = hk_short_name(arena, names[i]);
    }
    for (uint32_t i = 0; i < m->export_count; i++) {
        const HkExport *e = &m->exports[i];
        HkString *to = e->kind == HK_KIND_FUNCTION && e->index < m->func_count ? &names[e->index]
                       : e->kind == HK_KIND_GLOBAL && e->index < m->global_count
                           ? &global_names[e->index]
                           : NULL;
        if (to && !to->bytes)
            *to = e->name;
    }
    hk_names_reserve(&m->function_names);
    if (m->options->trace)
        hk_names_take(&m->function_names, "trace");
    for (uint32_t i = 0; i < m->func_count; i++) {
        if (m->funcs[i].imported && !names[i].bytes)
            names[i] = m->imports[m->funcs[i].import].field;
        m->funcs[i].ident = function_ident(m, &m->function_names, i, names[i]);
    }
    assign_globals(m, global_names);
}
