/*
 * demangle.c: the names that rustc gives to functions, as a Rust programmer writes them: paths
 * without the hashes of crates. Names of C++ are the linker's work, which demangles them by
 * default.
 *
 * Both schemes are read: the one of Rust's first years, `_ZN3foo3bar17h0123456789abcdefE`, and the
 * one of RFC 2603, `_RNvC3foo3bar`. A name that is not understood to its end stays as it is.
 */
#include "hk.h"

#include <stdio.h>
#include <string.h>

/* A name may refer back to its own parts again and again: what becomes of it, and the steps that it
 * takes, are limited by its length. */
enum { MAX_TEXT = 1000, MOST_GROWTH = 4, STEPS = 16, MAX_DEPTH = 60 };

typedef struct Name {
    const char *begin, *at, *end;
    char out[MAX_TEXT];
    size_t length, most;
    size_t steps; /* that are left */
    uint32_t depth;
    bool bad;
    bool silent; /* what is read is not shown */
} Name;

static void put(Name *n, const char *text, size_t length)
{
    if (n->silent || n->bad)
        return;
    if (length > n->most - n->length) {
        n->bad = true;
        return;
    }
    memcpy(n->out + n->length, text, length);
    n->length += length;
}

static void put_text(Name *n, const char *text)
{
    put(n, text, strlen(text));
}

static bool take(Name *n, char c)
{
    if (n->bad || n->at == n->end || *n->at != c)
        return false;
    n->at++;
    return true;
}

static char next(Name *n)
{
    if (n->at == n->end)
        n->bad = true;
    return n->bad ? '\0' : *n->at++;
}

/* Without leading zeros: `00` are two numbers. */
static uint32_t decimal(Name *n)
{
    uint32_t value = 0;

    if (n->at == n->end || !hk_is_digit(*n->at))
        n->bad = true;
    if (take(n, '0'))
        return 0;
    while (!n->bad && n->at < n->end && hk_is_digit(*n->at)) {
        value = value * 10 + (uint32_t)(*n->at++ - '0');
        n->bad |= value > MAX_TEXT;
    }
    return value;
}

/* ---- the old scheme ---- */

/* `$LT$` and the like stand for what is no letter; `..` for `::` within an identifier. */
static size_t escape(const char *text, size_t length, char *c)
{
    static const struct {
        const char *escape;
        char c;
    } escapes[] = {
        {"$SP$", '@'},   {"$BP$", '*'},  {"$RF$", '&'},  {"$LT$", '<'},  {"$GT$", '>'},
        {"$LP$", '('},   {"$RP$", ')'},  {"$C$", ','},   {"$u7e$", '~'}, {"$u20$", ' '},
        {"$u27$", '\''}, {"$u5b$", '['}, {"$u5d$", ']'}, {"$u7b$", '{'}, {"$u7d$", '}'},
        {"$u3b$", ';'},  {"$u2b$", '+'}, {"$u22$", '"'}, {"$u3d$", '='},
    };

    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        size_t width = strlen(escapes[i].escape);
        if (width <= length && memcmp(text, escapes[i].escape, width) == 0) {
            *c = escapes[i].c;
            return width;
        }
    }
    return 0;
}

static void old_identifier(Name *n, const char *text, size_t length)
{
    /* An escape is no beginning of an identifier of C, so there is a `_` before it. */
    size_t i = length > 1 && text[0] == '_' && text[1] == '$';

    while (i < length && !n->bad) {
        char c;
        size_t width = text[i] == '$' ? escape(text + i, length - i, &c) : 0;
        if (width) {
            put(n, &c, 1);
            i += width;
        } else if (text[i] == '$') {
            n->bad = true;
        } else if (i + 1 < length && text[i] == '.' && text[i + 1] == '.') {
            put_text(n, "::");
            i += 2;
        } else {
            put(n, text + i++, 1);
        }
    }
}

/* 17h and 16 digits. */
static bool is_hash(const char *text, size_t length)
{
    if (length != 17 || text[0] != 'h')
        return false;
    for (size_t i = 1; i < length; i++)
        if (!strchr("0123456789abcdef", text[i]))
            return false;
    return true;
}

/* Without a hash at its end it is C++. */
static void old_name(Name *n)
{
    bool hash = false;

    while (!n->bad && !take(n, 'E')) {
        uint32_t length = decimal(n);
        n->bad |= hash || length > (size_t)(n->end - n->at) || !length;
        if (n->bad)
            return;
        hash = is_hash(n->at, length);
        if (!hash) {
            put_text(n, n->length ? "::" : "");
            old_identifier(n, n->at, length);
        }
        n->at += length;
    }
    n->bad |= !hash || n->at != n->end;
}

/* ---- RFC 2603 ---- */

static void path(Name *n, bool in_value);
static void type(Name *n);

/* Of each rule that may contain itself. */
static bool enter(Name *n)
{
    if (n->steps-- == 0 || ++n->depth > MAX_DEPTH)
        n->bad = true;
    return !n->bad;
}

/* A crate's hash has 64 bits; what is larger wraps around. */
static uint64_t base_62(Name *n)
{
    uint64_t value = 0;

    if (take(n, '_'))
        return 0;
    while (!n->bad) {
        char c = next(n);
        if (c == '_')
            return value + 1;
        uint32_t digit = hk_is_digit(c)         ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'z' ? (uint32_t)(c - 'a') + 10
                         : c >= 'A' && c <= 'Z' ? (uint32_t)(c - 'A') + 36
                                                : 62;
        n->bad |= digit == 62;
        value = value * 62 + digit;
    }
    return 0;
}

/* Where a part stands that is meant again: before this place. */
static bool go_back(Name *n, const char **resume)
{
    const char *here = n->at - 1;
    uint64_t at = base_62(n);

    if (n->bad || at >= (uint64_t)(here - n->begin)) {
        n->bad = true;
        return false;
    }
    *resume = n->at;
    n->at = n->begin + at;
    return true;
}

/* Its number tells apart what has one name. */
static uint64_t disambiguator(Name *n)
{
    return take(n, 's') ? base_62(n) + 1 : 0;
}

/* With letters beyond ASCII it is encoded in Punycode: not read. */
static void identifier(Name *n)
{
    n->bad |= take(n, 'u');
    uint32_t length = decimal(n);
    take(n, '_');
    n->bad |= length > (size_t)(n->end - n->at);
    if (n->bad)
        return;
    put(n, n->at, length);
    n->at += length;
}

static void lifetime(Name *n)
{
    if (take(n, 'L'))
        base_62(n);
}

/* Of a const generic: numbers, true and false, characters as numbers. */
static void constant(Name *n)
{
    const char *resume = n->at;

    if (take(n, 'B')) {
        if (go_back(n, &resume) && enter(n)) {
            constant(n);
            n->depth--;
        }
        n->at = resume;
        return;
    }
    char kind = next(n);
    if (kind == 'p') {
        put_text(n, "_");
        return;
    }
    n->bad |= !kind || !strchr("aslxnihtmyojbc", kind);
    if (take(n, 'n'))
        put_text(n, "-");
    const char *digits = n->at;
    while (!n->bad && next(n) != '_') {
    }
    size_t length = n->bad ? 0 : (size_t)(n->at - digits) - 1;
    if (kind == 'b')
        put_text(n, length == 1 && *digits == '1' ? "true" : "false");
    else if (length == 1 && hk_is_digit(*digits))
        put(n, digits, 1);
    else if (length) {
        put_text(n, "0x");
        put(n, digits, length);
    } else {
        put_text(n, "0");
    }
}

static void generic_argument(Name *n)
{
    if (n->at < n->end && *n->at == 'L') {
        lifetime(n);
        put_text(n, "'_");
    } else if (take(n, 'K')) {
        constant(n);
    } else {
        type(n);
    }
}

static void generic_arguments(Name *n, const char *open)
{
    put_text(n, open);
    for (bool first = true; !n->bad && !take(n, 'E'); first = false) {
        put_text(n, first ? "" : ", ");
        generic_argument(n);
    }
    put_text(n, ">");
}

/* The path of an impl says where it stands, which nobody writes. */
static void hidden_path(Name *n)
{
    bool silent = n->silent;

    n->silent = true;
    disambiguator(n);
    path(n, false);
    n->silent = silent;
}

static void put_number(Name *n, uint64_t number)
{
    char digits[24];

    snprintf(digits, sizeof digits, "#%llu", (unsigned long long)number);
    put_text(n, digits);
}

static void nested(Name *n, bool in_value)
{
    char space = next(n);

    path(n, in_value);
    uint64_t number = disambiguator(n);
    bool named = n->at < n->end && *n->at != '0';
    if (space >= 'a' && space <= 'z') {
        put_text(n, named ? "::" : "");
        identifier(n);
        return;
    }
    n->bad |= space < 'A' || space > 'Z';
    put_text(n, space == 'C' ? "::{closure" : space == 'S' ? "::{shim" : "::{");
    put_text(n, named ? ":" : "");
    identifier(n);
    put_number(n, number);
    put_text(n, "}");
}

static void path_of(Name *n, char kind, bool in_value)
{
    switch (kind) {
    case 'C':
        disambiguator(n);
        identifier(n);
        break;
    case 'N': nested(n, in_value); break;
    case 'M':
    case 'X': hidden_path(n); /* fall through */
    case 'Y':
        put_text(n, "<");
        type(n);
        if (kind != 'M') {
            put_text(n, " as ");
            path(n, false);
        }
        put_text(n, ">");
        break;
    case 'I':
        path(n, in_value);
        generic_arguments(n, in_value ? "::<" : "<");
        break;
    default: n->bad = true;
    }
}

/* `in_value`: where an expression stands, generic arguments have `::` before them. */
static void path(Name *n, bool in_value)
{
    const char *resume = n->at;

    if (!enter(n))
        return;
    char kind = next(n);
    if (kind != 'B') {
        path_of(n, kind, in_value);
    } else if (go_back(n, &resume)) {
        path(n, in_value);
        n->at = resume;
    }
    n->depth--;
}

static bool basic_type(Name *n, char kind)
{
    static const char *const types[] = {
        ['a' - 'a'] = "i8",    ['b' - 'a'] = "bool", ['c' - 'a'] = "char", ['d' - 'a'] = "f64",
        ['e' - 'a'] = "str",   ['f' - 'a'] = "f32",  ['h' - 'a'] = "u8",   ['i' - 'a'] = "isize",
        ['j' - 'a'] = "usize", ['l' - 'a'] = "i32",  ['m' - 'a'] = "u32",  ['n' - 'a'] = "i128",
        ['o' - 'a'] = "u128",  ['p' - 'a'] = "_",    ['s' - 'a'] = "i16",  ['t' - 'a'] = "u16",
        ['u' - 'a'] = "()",    ['v' - 'a'] = "...",  ['x' - 'a'] = "i64",  ['y' - 'a'] = "u64",
        ['z' - 'a'] = "!",
    };
    const char *text = kind >= 'a' && kind <= 'z' ? types[kind - 'a'] : NULL;

    if (text)
        put_text(n, text);
    return text;
}

static void function_type(Name *n)
{
    if (take(n, 'G'))
        base_62(n);
    put_text(n, take(n, 'U') ? "unsafe " : "");
    if (take(n, 'K')) {
        put_text(n, "extern \"");
        if (take(n, 'C'))
            put_text(n, "C");
        else
            identifier(n);
        put_text(n, "\" ");
    }
    put_text(n, "fn(");
    for (bool first = true; !n->bad && !take(n, 'E'); first = false) {
        put_text(n, first ? "" : ", ");
        type(n);
    }
    put_text(n, ")");
    if (!take(n, 'u')) {
        put_text(n, " -> ");
        type(n);
    }
}

/* `dyn A + B<C, Item = D>`. */
static void dyn_type(Name *n)
{
    put_text(n, "dyn ");
    if (take(n, 'G'))
        base_62(n);
    for (bool first = true; !n->bad && !take(n, 'E'); first = false) {
        put_text(n, first ? "" : " + ");
        path(n, false);
        bool open = n->length && !n->silent && n->out[n->length - 1] == '>';
        bool bound = false;
        while (take(n, 'p')) {
            if (!bound && open)
                n->length--;
            put_text(n, bound || open ? ", " : "<");
            bound = true;
            identifier(n);
            put_text(n, " = ");
            type(n);
        }
        put_text(n, bound ? ">" : "");
    }
    lifetime(n);
}

static void compound_type(Name *n, char kind)
{
    switch (kind) {
    case 'A':
    case 'S':
        put_text(n, "[");
        type(n);
        if (kind == 'A') {
            put_text(n, "; ");
            constant(n);
        }
        put_text(n, "]");
        break;
    case 'T': {
        put_text(n, "(");
        uint32_t count = 0;
        for (; !n->bad && !take(n, 'E'); count++) {
            put_text(n, count ? ", " : "");
            type(n);
        }
        put_text(n, count == 1 ? ",)" : ")");
        break;
    }
    case 'R':
    case 'Q':
        lifetime(n);
        put_text(n, kind == 'R' ? "&" : "&mut ");
        type(n);
        break;
    case 'P':
    case 'O':
        put_text(n, kind == 'P' ? "*const " : "*mut ");
        type(n);
        break;
    case 'F': function_type(n); break;
    case 'D': dyn_type(n); break;
    default: path_of(n, kind, false);
    }
}

static void type(Name *n)
{
    const char *resume = n->at;

    if (!enter(n))
        return;
    char kind = next(n);
    if (kind == 'B') {
        if (go_back(n, &resume)) {
            type(n);
            n->at = resume;
        }
    } else if (!basic_type(n, kind)) {
        compound_type(n, kind);
    }
    n->depth--;
}

/* The crate that had it instantiated follows the path; what LLVM adds begins with a dot. */
static void new_name(Name *n)
{
    path(n, true);
    if (!n->bad && n->at < n->end && *n->at != '.' && *n->at != '$') {
        n->silent = true;
        path(n, false);
        n->silent = false;
    }
    n->bad |= n->at < n->end && *n->at != '.' && *n->at != '$';
}

/* ---- both ---- */

static HkString kept(HkArena *arena, const char *text, size_t length)
{
    char *copy = hk_arena_alloc(arena, length + 1);

    memcpy(copy, text, length);
    return (HkString){(const uint8_t *)copy, (uint32_t)length};
}

HkString hk_demangle(HkArena *arena, HkString name)
{
    const char *text = (const char *)name.bytes;
    bool is_new = name.length > 2 && memcmp(text, "_R", 2) == 0;
    bool is_old = name.length > 3 && memcmp(text, "_ZN", 3) == 0;

    if (!is_new && !is_old)
        return name;
    Name n = {.begin = text + (is_new ? 2 : 3),
              .end = text + name.length,
              .steps = (size_t)name.length * STEPS,
              .most = (size_t)name.length * MOST_GROWTH};
    n.most = n.most < MAX_TEXT ? n.most : MAX_TEXT;
    n.at = n.begin;
    if (is_new)
        new_name(&n);
    else
        old_name(&n);
    return n.bad || !n.length ? name : kept(arena, n.out, n.length);
}
