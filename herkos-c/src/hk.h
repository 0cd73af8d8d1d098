/*
 * hk.h: what the parts of herkos-c share, in the order in which data flows through them: support.h
 * (memory, text, errors, input), module.h, instr.h, and here the passes.
 */
#ifndef HK_H
#define HK_H

#include "support.h"
#include "module.h"
#include "instr.h"

/* ---- locals.c: the types of a function's locals ---- */

/* Declarations are kept in runs since counts may be huge. */
typedef struct HkLocals {
    uint32_t count, run_count;
    uint32_t *ends; /* the index after each run, ascending */
    uint8_t *types;
} HkLocals;

void hk_read_locals(const HkModule *m, const HkFuncType *type, HkReader *body, HkLocals *locals);
uint8_t hk_local_type(const HkLocals *locals, uint32_t index);

/* ---- validate.c: chapter 3 for function bodies; validate_module.c: for everything else ---- */

void hk_validate_module(HkModule *m);
void hk_validate_functions(HkModule *m);

/* ---- names.c: Rust identifiers ---- */

const char *hk_names_find(const HkNameSet *set, const char *ident); /* NULL if it is not taken */
bool hk_names_take(HkNameSet *set, const char *ident);              /* false if it was taken */
size_t hk_names_trimmed(const char *ident);
const char *hk_names_unique(HkNameSet *set, HkArena *arena, const char *wanted, uint64_t number);
const char *hk_names_unique_camel(HkNameSet *set, HkArena *arena, const char *wanted);
const char *hk_names_snake(HkArena *arena,
                           HkString name); /* snake_case identifier, raw if a keyword */
const char *hk_names_camel(HkArena *arena, HkString name); /* CamelCase identifier */
const char *hk_names_printable(HkArena *arena, HkString name);
HkString hk_short_name(HkArena *arena, HkString name); /* of a path, for an identifier */
void hk_names_reserve(HkNameSet *set); /* what generated functions must not be called */
void hk_names_assign(HkModule *m);     /* idents of functions and globals */
void hk_read_name_section(HkModule *m, HkString *functions, HkString *globals); /* name_section.c */

/* ---- demangle.c ---- */

HkString hk_demangle(HkArena *arena, HkString name); /* the name itself if it is not mangled */

/* ---- dwarf_line.c: source lines ---- */

void hk_read_lines(HkModule *m);
const HkLine *hk_line_at(const HkModule *m, size_t offset); /* of the code there; NULL: not known */

/* ---- imports.c: import modules to traits ---- */

void hk_imports_assign(HkModule *m);
int hk_compare_strings(const HkString *a, const HkString *b); /* by bytes */
bool hk_wasi_has(HkModule *m, const HkImport *import);        /* wasi.c */
void hk_wasi_assign(HkModule *m, HkImport *import);

/* ---- analyse_calls.c: what each function uses, which are recursive ---- */

void hk_analyse_calls(HkModule *m);

/* ---- stack_bound.c: how much stack calls take ---- */

void hk_stack_bounds(HkModule *m);        /* in bytes, once all functions are emitted */
uint32_t hk_max_stack(const HkModule *m); /* the budget of recursion */

/* ---- tree.h: structured typed trees, and their emission ---- */

/* emit_module.c */
void hk_emit_module(HkModule *m, HkBuf *out);
/* emit_map.c */
void hk_emit_map(const HkModule *m, const HkBuf *text, HkBuf *out);
/* report.c, report_code.c */
struct HkJson;
void hk_report(const HkModule *m, HkBuf *out);
void hk_report_signature(struct HkJson *j, const HkFuncType *type);
void hk_report_code(struct HkJson *j, const HkModule *m);
/* sha256.c */
void hk_sha256(const uint8_t *bytes, size_t length, char hex[65]);

#endif
