/*
 * wasm_builder.h: modules put together byte by byte, so that tests can make any mistake they want.
 *
 * A Wasm is a growing run of bytes: a body, the contents of a section, or a whole module. w_code and its like take a
 * string of hexadecimal bytes, blanks between them as one likes.
 */
#ifndef WASM_BUILDER_H
#define WASM_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Wasm {
    uint8_t *bytes;
    size_t length, capacity;
} Wasm;

enum {
    W_TYPE = 1, W_IMPORT, W_FUNCTION, W_TABLE, W_MEMORY, W_GLOBAL, W_EXPORT, W_START, W_ELEMENT, W_CODE, W_DATA,
    W_DATA_COUNT
};

void w_bytes(Wasm *w, const void *bytes, size_t length);
void w_u8(Wasm *w, unsigned byte);
void w_u32(Wasm *w, uint32_t value);                           /* LEB128 */
void w_s64(Wasm *w, int64_t value);
void w_hex(Wasm *w, const char *hex);
void w_name(Wasm *w, const char *name);
void w_name_bytes(Wasm *w, const void *name, size_t length);
void w_append(Wasm *w, const Wasm *other);
void w_header(Wasm *w);
void w_section(Wasm *w, unsigned id, Wasm *contents);          /* frees the contents */
void w_section_hex(Wasm *w, unsigned id, const char *contents);
void w_custom(Wasm *w, const char *name, Wasm *contents);
size_t w_function_body(Wasm *w, const char *locals, const Wasm *code); /* size, locals, code: where the code begins */
void w_free(Wasm *w);

/* A module from "8 bytes of header" and sections written as "ID: HEX; ID: HEX". Lengths are put in. */
Wasm w_module(const char *sections);

/* A module of `count` functions () -> i32 that call the next one, named by `name` in the name section. */
Wasm w_named_functions(uint32_t count, void (*name)(Wasm *names, uint32_t index));

/* A module of one function of type `params -> results` (letters i I f F v) around the given code, which needs its own
   end. It has what instructions may refer to:
     types      0 () -> ()   1 () -> i   2 i -> i   3 iI -> Fi   4 that of the function
     functions  0 imported, of type 3    1 the one under test
     memory 0, a table of 4, data segments 0 and 1 (passive)
     globals    0 imported, const i32; mutable 1 i32, 2 i64, 3 f32, 4 f64; 5 const f64
   Locals: the parameters, then those of `locals`, one of each letter. */
typedef struct Subject {
    const char *params, *results, *locals;
    Wasm code;
    const char *memory; /* limits, in hexadecimal; NULL: one page at least */
    bool bare;          /* none of memory, table, globals and data */
    size_t code_at;     /* out: offset in the module at which the code begins */
} Subject;

Wasm w_subject(Subject *s);   /* frees the code */

#endif
