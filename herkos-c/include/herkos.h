/*
 * herkos.h: the public interface of herkos-c, the transpiler from WebAssembly to safe Rust.
 *
 * One call turns the bytes of a module into the text of a Rust file. It does no input or output,
 * keeps no state between calls, may be used from several threads at once, and its result depends on
 * its arguments alone.
 */
#ifndef HERKOS_H
#define HERKOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What to make of a module. All-zero is the default of every field but the two names. */
typedef struct HerkosOptions {
    const char *name;    /* name of the Rust module, for the documentation in the output */
    const char *file;    /* the input's file name (no directories), for the header comment */
    uint32_t max_pages;  /* upper limit of the memory in pages of 64 KiB; 0: the module's own */
    uint64_t max_memory; /* upper limit of the memory in bytes; 0: none */
    uint32_t max_stack;  /* bytes of host stack that recursion may use; 0: HERKOS_DEFAULT_STACK */
    bool canonical_nan;  /* every NaN that arithmetic yields is the canonical one */
    bool fuel;           /* count work, trap when it is used up */
    bool map;            /* make a map from lines of the output to code offsets */
    bool trace;          /* a trap says where it arose */
    uint32_t part_bytes; /* code in one Rust module of a large module; 0: the default */
    bool opaque_memory;  /* for comparison: rustc is not told how long the memory is */
    bool plain_counters; /* for comparison: counters start where they do in the input */
    bool unrolled_loops; /* for comparison: loops stay as they are unrolled in the input */
} HerkosOptions;

#define HERKOS_DEFAULT_STACK (1024u * 1024u)

/* In which part of the work an input was found wanting. */
typedef enum HerkosPhase {
    HERKOS_PHASE_NONE,        /* no error */
    HERKOS_PHASE_DECODE,      /* malformed: the bytes are no module (specification, chapter 5) */
    HERKOS_PHASE_VALIDATE,    /* invalid: the module breaks a rule of chapter 3 */
    HERKOS_PHASE_UNSUPPORTED, /* the module needs a proposal or a size that herkos does not support
                               */
    HERKOS_PHASE_OPTIONS,     /* the options do not fit the module */
    HERKOS_PHASE_MEMORY       /* out of memory */
} HerkosPhase;

/* Why a module was refused. */
typedef struct HerkosDiagnostic {
    HerkosPhase phase;
    size_t offset;     /* of the byte in the input at which the error was found */
    char message[400]; /* one line of ASCII: `function 12 "memcpy": type mismatch: ... [i32.add]` */
} HerkosDiagnostic;

/* The outcome. The texts end in a NUL that their lengths do not count. */
typedef struct HerkosResult {
    char *text; /* the Rust file; NULL when the module was refused */
    size_t text_length;
    char *report; /* facts about the module as JSON */
    size_t report_length;
    char *warnings; /* one warning a line, without the file's name; may be empty */
    size_t warnings_length;
    char *map; /* see docs/debugging.md; NULL unless the option asks for it */
    size_t map_length;
    HerkosDiagnostic diagnostic;
} HerkosResult;

/*
 * Transpiles the module in bytes[0 .. length]. True: result holds the texts, to be given back by
 * herkos_free. False: result holds the diagnostic and nothing else.
 */
bool herkos_transpile(const uint8_t *bytes, size_t length, const HerkosOptions *options,
                      HerkosResult *result);

/* Frees what a result holds; a result that holds nothing, or an all-zero one, is left as it is. */
void herkos_free(HerkosResult *result);

/* The version of the transpiler, such as "0.1.0". */
const char *herkos_version(void);

#ifdef __cplusplus
}
#endif

#endif
