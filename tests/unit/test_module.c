/*
 * test_module.c: module.c, section.c, segment.c, validate_module.c: rules outside of bodies (3.2, 3.4, 5.5), the order
 * and extent of sections, a whole module cut off at every byte, and every byte of it replaced.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BAD HERKOS_PHASE_DECODE
#define INVALID HERKOS_PHASE_VALIDATE
#define UNSUPPORTED HERKOS_PHASE_UNSUPPORTED
#define OK HERKOS_PHASE_NONE

typedef struct Case {
    const char *sections;
    HerkosPhase phase;
    const char *message;
    int offset;          /* 0: not looked at */
} Case;

/* One function () -> () is "1: 01 60 00 00; 3: 01 00; 10: 01 02 00 0b"; sections begin at offset 8. */
#define F "1: 01 60 00 00; 3: 01 00; "
#define BODY "10: 01 02 00 0b"

static const Case cases[] = {
    {"", OK, NULL, 0},
    {F BODY, OK, NULL, 0},
    {"1: 00; 2: 00; 3: 00; 4: 00; 5: 00; 6: 00; 7: 00; 9: 00; 12: 00; 10: 00; 11: 00", OK, NULL, 0},

    /* types (5.3.6) */
    {"1: 01 61 00 00", BAD, "malformed function type 0x61", 11},
    {"1: 01 5f 00 00", UNSUPPORTED, "the garbage collection proposal is not supported: only languages that bring their own memory management will do", 11},
    {"1: 01 60 01 7b 00", OK, NULL, 0},
    {"1: 01 60 01 70 00", OK, NULL, 0},
    {"1: 01 60 01 6f 00", OK, NULL, 0},
    {"1: 01 60 01 40 00", BAD, "malformed value type 0x40", 13},
    {"1: 01 60 00 01 00", BAD, "malformed value type 0x00", 14},
    {"1: 02 60 00 00", BAD, "unexpected end: more items declared than the section has bytes for", 10},
    {"1: 01 60 00 00 00", BAD, "section size mismatch in the type section", 14},

    {"0: 07 6c 69 6e 6b 69 6e 67 02", UNSUPPORTED, "this is an object file, not a linked module: link it with wasm-ld first", 0},

    /* imports (5.5.5) */
    {"1: 01 60 00 00; 2: 01 01 65 01 66 00 00", OK, NULL, 0},
    {"2: 01 01 65 01 66 00 00", INVALID, "unknown type 0 of function 0", 0},
    {"2: 01 01 65 01 66 05 00", BAD, "malformed import kind 0x05", 15},
    {"2: 01 01 65 01 66 04 00 00", UNSUPPORTED, "the exception handling proposal is not supported: compile without -fwasm-exceptions", 15},
    {"2: 01 01 65 01 66 03 7f 02", BAD, "malformed mutability 0x02", 17},
    {"2: 01 01 ff 01 66 03 7f 00", BAD, "malformed UTF-8 encoding", 12},
    {"2: 01 01 65 01 66 01 70 00 01", OK, NULL, 0},
    {"2: 01 01 65 01 66 01 70 00 ff ff ff ff 0f", OK, NULL, 0}, /* the lender's limit counts */
    {"2: 01 01 65 01 66 01 70 01 02 01", INVALID, "size minimum must not be greater than maximum: table 0", 16},
    {"2: 02 01 65 01 66 02 00 01 01 65 01 67 02 00 01", INVALID,
     "multiple memories: the multi-memory proposal is not supported", 0},

    /* functions and code (5.5.6, 5.5.13) */
    {"1: 01 60 00 00; 3: 01 01; " BODY, INVALID, "unknown type 1 of function 0", 0},
    {F, BAD, "function and code section have inconsistent lengths", 0},
    {F "10: 00", BAD, "function and code section have inconsistent lengths", 0},
    {F "10: 02 02 00 0b 02 00 0b", BAD, "function and code section have inconsistent lengths", 0},
    {BODY, BAD, "function and code section have inconsistent lengths", 0},
    {F "10: 01 04 01 01 7b 0b", OK, NULL, 0},
    {F "10: 01 04 01 01 00 0b", BAD, "function 0: malformed value type 0x00", 0},
    {F "10: 01 0c 02 ff ff ff ff 0f 7f 01 7f 01 01 0b", BAD, NULL, 0},
    {F "10: 01 08 01 ff ff ff ff 0f 7f 0b", UNSUPPORTED,
     "function 0: too many locals: more than 50000 are not supported", 0},
    {F "10: 01 06 01 d0 86 03 7f 0b", OK, NULL, 0},     /* 50000 of them */
    {F "10: 01 0a 04 00 7f 00 7e 01 7d 00 7c 0b", OK, NULL, 0},
    {F "10: 01 03 00 0b", BAD, NULL, 0},

    /* tables (3.2.1, 5.3.9) */
    {"4: 01 70 00 00", OK, NULL, 0},
    {"4: 01 70 01 01 01", OK, NULL, 0},
    {"4: 01 70 01 02 01", INVALID, "size minimum must not be greater than maximum: table 0", 11},
    {"4: 01 6f 00 00", OK, NULL, 0},
    {"4: 01 7f 00 00", BAD, "malformed reference type 0x7f", 11},
    {"4: 02 70 00 00 70 00 00", OK, NULL, 0},
    {"4: 01 70 00 80 ad e2 04", OK, NULL, 0},
    {"4: 01 70 00 81 ad e2 04", UNSUPPORTED, "a table of more than 10000000 entries is not supported", 11},
    {"4: 01 40 00 70 00 01 d0 70 0b", UNSUPPORTED, "the typed function references proposal is not supported: compile for WebAssembly 2.0", 11},
    {"4: 01 70 00 ff ff ff ff 0f", UNSUPPORTED, "a table of more than 10000000 entries is not supported", 11},
    {"4: 01 70 01 ff ff ff ff 0f 00", INVALID, "size minimum must not be greater than maximum: table 0", 11},
    {"4: 01 70 01 00 ff ff ff ff 0f", OK, NULL, 0},

    /* memories (3.2.4, 5.3.8) */
    {"5: 01 00 00", OK, NULL, 0},
    {"5: 01 01 01 01", OK, NULL, 0},
    {"5: 01 01 00 80 80 04", OK, NULL, 0},
    {"5: 01 01 02 01", INVALID, "size minimum must not be greater than maximum", 11},
    {"5: 01 00 81 80 04", INVALID, "memory size must be at most 65536 pages (4GiB)", 11},
    {"5: 01 01 00 81 80 04", INVALID, "memory size must be at most 65536 pages (4GiB)", 11},
    {"5: 02 00 01 00 01", INVALID, "multiple memories: the multi-memory proposal is not supported", 13},
    {"5: 01 02 01", UNSUPPORTED, "the threads proposal is not supported: compile without -pthread and -matomics", 11},
    {"5: 01 03 01 01", UNSUPPORTED, "the threads proposal is not supported: compile without -pthread and -matomics", 11},
    {"5: 01 04 01", UNSUPPORTED, "the memory64 proposal is not supported: compile for wasm32", 11},
    {"5: 01 08 01 00", OK, NULL, 0},                    /* pages of 1 byte */
    {"5: 01 08 01 10", OK, NULL, 0},                    /* of 65536 */
    {"5: 01 09 01 02 00", OK, NULL, 0},
    {"5: 01 08 ff ff ff ff 0f 00", OK, NULL, 0},
    {"5: 01 08 80 80 04 10", OK, NULL, 0},
    {"5: 01 08 81 80 04 10", INVALID, "memory size must be at most 65536 pages (4GiB)", 11},
    {"5: 01 08 01 01", INVALID, "invalid custom page size: 2 bytes, where only 1 and 65536 are allowed", 13},
    {"5: 01 08 01 11", INVALID, "invalid custom page size: 131072 bytes, where only 1 and 65536 are allowed", 13},
    {"5: 01 08 01 3f", INVALID, NULL, 13},
    {"5: 01 08 01 40", BAD, "invalid custom page size: 2^64 bytes", 13},
    {"5: 01 08 01", BAD, NULL, 13},
    {"5: 01 0a 01 00", UNSUPPORTED, "the threads proposal is not supported: compile without -pthread and -matomics", 11},
    {"5: 01 0c 01 00", UNSUPPORTED, "the memory64 proposal is not supported: compile for wasm32", 11},
    {"4: 01 70 08 01 00", BAD, "malformed limits flags 0x08", 12},
    {"5: 01 10 01", BAD, "malformed limits flags 0x10", 11},
    {"5: 01 ff 01", BAD, "malformed limits flags 0xff", 11},

    /* globals and constant expressions (3.3.10) */
    {"6: 01 7f 00 41 00 0b", OK, NULL, 0},
    {"2: 01 01 65 01 66 03 7f 00; 6: 01 7f 00 23 00 0b", OK, NULL, 0},
    {"6: 01 7f 02 41 00 0b", BAD, "malformed mutability 0x02", 12},
    {"6: 01 7f 00 42 00 0b", INVALID, "type mismatch: expected i32, found i64 [i64.const]", 13},
    {"6: 01 7f 00 0b 00", INVALID, "type mismatch: expected i32, found nothing", 13},
    {"6: 01 7f 00 41 00 41 00 0b", INVALID, "type mismatch: expected a single value [i32.const]", 15},
    {"6: 01 7f 00 41 00 01 0b", INVALID, "constant expression required [nop]", 15},
    {"6: 01 7f 00 20 00 0b", INVALID, "constant expression required [local.get]", 13},
    {"6: 01 7f 00 10 00 0b", INVALID, "constant expression required [call]", 13},
    {"6: 01 7f 00 23 00 0b", INVALID, "unknown global 0", 13},
    {"6: 02 7f 00 41 00 0b 7f 00 23 00 0b", INVALID,
     "constant expression required: global 0 is not an immutable import", 18},
    {"2: 01 01 65 01 66 03 7f 01; 6: 01 7f 00 23 00 0b", INVALID,
     "constant expression required: global 0 is not an immutable import", 23},
    {"2: 01 01 65 01 66 03 7e 00; 6: 01 7f 00 23 00 0b", INVALID,
     "type mismatch: expected i32, found i64 [global.get]", 23},
    {"6: 01 7f 00 41 00", BAD, "unexpected end", 15},

    /* exports (3.4.10) */
    {F "5: 01 00 01; 6: 01 7f 00 41 00 0b; 7: 03 01 61 00 00 01 62 02 00 01 63 03 00; " BODY, OK, NULL, 0},
    {F "7: 02 01 61 00 00 01 61 00 00; " BODY, INVALID, "duplicate export name \"a\"", 25},
    {F "5: 01 00 01; 7: 02 01 61 00 00 01 61 02 00; " BODY, INVALID, "duplicate export name \"a\"", 30},
    {F "7: 02 00 00 00 00 00 00; " BODY, INVALID, "duplicate export name \"\"", 24},
    {F "7: 01 01 61 00 01; " BODY, INVALID, "unknown function 1 is exported", 21},
    {"7: 01 01 61 01 00", INVALID, "unknown table 0 is exported", 11},
    {"7: 01 01 61 02 00", INVALID, "unknown memory 0 is exported", 11},
    {"7: 01 01 61 03 00", INVALID, "unknown global 0 is exported", 11},
    {"7: 01 01 61 04 00", UNSUPPORTED, "the exception handling proposal is not supported: compile without -fwasm-exceptions", 13},
    {"7: 01 01 61 05 00", BAD, "malformed export kind", 13},

    /* start (3.4.9) */
    {F "8: 00; " BODY, OK, NULL, 0},
    {F "8: 01; " BODY, INVALID, "unknown function 1 is the start function", 20},
    {"1: 01 60 01 7f 00; 3: 01 00; 8: 00; " BODY, INVALID,
     "start function 0 must have no parameters and no results", 21},
    {"1: 01 60 00 01 7f; 3: 01 00; 8: 00; 10: 01 04 00 41 00 0b", INVALID,
     "start function 0 must have no parameters and no results", 21},

    /* element segments (3.4.7, 5.5.12) */
    {F "4: 01 70 00 01; 9: 01 00 41 00 0b 01 00; " BODY, OK, NULL, 0},
    {F "4: 01 70 00 01; 9: 01 02 00 41 00 0b 00 01 00; " BODY, OK, NULL, 0},
    {F "9: 01 00 41 00 0b 01 00; " BODY, INVALID, "unknown table 0", 0},
    {F "4: 01 70 00 01; 9: 01 02 01 41 00 0b 00 01 00; " BODY, INVALID, "unknown table 1", 0},
    {F "4: 01 70 00 01; 9: 01 00 42 00 0b 01 00; " BODY, INVALID,
     "type mismatch: expected i32, found i64 [i64.const]", 0},
    {F "4: 01 70 00 01; 9: 01 00 41 00 0b 01 07; " BODY, INVALID, "unknown function 7 in an element segment", 0},
    {F "4: 01 70 00 01; 9: 01 08 41 00 0b 01 00; " BODY, BAD, "malformed elements segment kind 8", 0},
    {F "4: 01 70 00 01; 9: 01 02 00 41 00 0b 01 01 00; " BODY, BAD, "malformed element kind", 0},

    /* data segments and their count (3.4.8, 5.5.14, 5.5.16) */
    {"5: 01 00 01; 11: 01 00 41 00 0b 01 61", OK, NULL, 0},
    {"5: 01 00 01; 12: 01; 11: 01 01 01 61", OK, NULL, 0},
    {"5: 01 00 01; 11: 01 02 00 41 00 0b 01 61", OK, NULL, 0},
    {"11: 01 01 01 61", OK, NULL, 0},                  /* a passive one needs no memory */
    {"11: 01 00 41 00 0b 01 61", INVALID, "unknown memory 0", 0},
    {"5: 01 00 01; 11: 01 02 01 41 00 0b 01 61", INVALID,
     "unknown memory: data segment 0 names another memory than 0", 0},
    {"5: 01 00 01; 11: 01 00 42 00 0b 01 61", INVALID, "type mismatch: expected i32, found i64 [i64.const]", 0},
    {"5: 01 00 01; 11: 01 03 41 00 0b 01 61", BAD, "malformed data segment kind 3", 0},
    {"5: 01 00 01; 11: 01 00 41 00 0b 02 61", BAD, "unexpected end: length out of bounds", 0},
    {"5: 01 00 01; 12: 02; 11: 01 01 01 61", BAD, "data count and data section have inconsistent lengths", 0},
    {"5: 01 00 01; 12: 01", BAD, "data count and data section have inconsistent lengths", 0},
    {F "5: 01 00 01; 10: 01 05 00 fc 09 00 0b; 11: 01 01 01 61", BAD,
     "function 0: data count section required [data.drop]", 0},

    /* sections (5.5.2) */
    {F BODY "; 0: 04 61 62 63 64 ff", OK, NULL, 0},
    {"0: 01 61; 0: 01 61; " F "0: 01 61; " BODY "; 0: 01 61", OK, NULL, 0},
    {"0: ", BAD, "unexpected end", 10},
    {"0: 05 61", BAD, "unexpected end: length out of bounds", 11},
    {"0: 01 ff", BAD, "malformed UTF-8 encoding", 11},
    {"13: 00", UNSUPPORTED, "the exception handling proposal is not supported: compile without -fwasm-exceptions", 8},
    {"14: 00", BAD, "malformed section id 14", 8},
    {"127: 00", BAD, "malformed section id 127", 8},
    {"1: 00; 1: 00", BAD, "unexpected content after last section: the type section is repeated or out of order", 11},
    {"2: 00; 1: 00", BAD, "unexpected content after last section: the type section is repeated or out of order", 11},
    {"10: 00; 12: 00", BAD,
     "unexpected content after last section: the data count section is repeated or out of order", 11},
    {"12: 00; 9: 00", BAD, "unexpected content after last section: the element section is repeated or out of order", 11},
};

START_TEST(section_case)
{
    Wasm w = w_module(cases[_i].sections);

    if (cases[_i].phase == OK) {
        accept(&w);
        return;
    }
    if (cases[_i].message) {
        refuse(&w, cases[_i].phase, cases[_i].offset ? (size_t)cases[_i].offset : HERE, cases[_i].message);
        return;
    }
    HerkosOptions options = {.name = "unit", .file = "unit.wasm"};
    HerkosResult result;
    ck_assert(!herkos_transpile(w.bytes, w.length, &options, &result));
    w_free(&w);
}
END_TEST

/* Any two sections of one kind, and any two out of order, are refused. */
START_TEST(section_order)
{
    static const unsigned order[] = {1, 2, 3, 4, 5, 6, 7, 9, 12, 10, 11};
    HerkosOptions options = {.name = "unit", .file = "unit.wasm"};

    for (unsigned i = 0; i < 11; i++)
        for (unsigned j = 0; j < 11; j++) {
            HerkosResult result;
            Wasm w = {0};
            w_header(&w);
            w_section_hex(&w, order[i], "00");
            w_section_hex(&w, order[j], "00");
            bool accepted = herkos_transpile(w.bytes, w.length, &options, &result);
            ck_assert_msg(accepted == (i < j), "sections %u, %u", order[i], order[j]);
            if (accepted)
                herkos_free(&result);
            else
                ck_assert_uint_eq(result.diagnostic.offset, 11);
            w_free(&w);
        }
}
END_TEST

START_TEST(header)
{
    static const struct {
        const char *hex, *message;
        HerkosPhase phase;
        size_t offset;
    } headers[] = {
        {"00 61 73 6d 02 00 00 00", "unknown binary version 2", BAD, 4},
        {"00 61 73 6d 0d 00 01 00",
         "this is a component, not a core module: compile for wasm32-unknown-unknown or wasm32-wasip1, or take the "
         "module out with `wasm-tools component unbundle`", UNSUPPORTED, 4},
        {"28 6d 6f 64 75 6c 65 29",
         "magic header not detected: this is the text format; turn it into a binary with wat2wasm first", BAD, 0},
        {"ef bb bf 0d 0a 20 3b 3b 20 61 0a 28",
         "magic header not detected: this is the text format; turn it into a binary with wat2wasm first", BAD, 0},
        {"7f 45 4c 46 01 00 00 00",
         "magic header not detected: this is a native object or program; compile it for wasm32", BAD, 0},
        {"21 3c 61 72 63 68 3e 0a",
         "magic header not detected: this is a static library; link it into a module with wasm-ld", BAD, 0},
        {"42 43 c0 de 35 14 00 00",
         "magic header not detected: this is LLVM bitcode; compile without -flto, or link it with wasm-ld", BAD, 0},
        {"1f 8b 08 00", "magic header not detected: this is compressed with gzip; unpack it first", BAD, 0},
        {"50 4b 03 04", "magic header not detected: this is a ZIP archive; unpack it first", BAD, 0},
        {"76 65 72 73 69 6f 6e 20 68 74 74 70 73 3a 2f 2f 67 69 74 2d 6c 66 73 2e",
         "magic header not detected: this is a pointer of Git LFS; run `git lfs pull` for the file itself", BAD, 0},
        {"3c 21 44 4f", "magic header not detected: this is HTML or XML, perhaps of a download that failed", BAD, 0},
        {"76 65 72 73", "magic header not detected: this is not a WebAssembly binary (it does not begin with \\0asm)",
         BAD, 0},
        {"ef bb bf", "magic header not detected: this is not a WebAssembly binary (it does not begin with \\0asm)",
         BAD, 0},
        {"20 00 28", "magic header not detected: this is not a WebAssembly binary (it does not begin with \\0asm)",
         BAD, 0},
        {"", "magic header not detected: the file is empty", BAD, 0},
        {"00 61 73 6d 01 00 00", "unexpected end", BAD, 7},
        {"00 61 73 6d", "unexpected end", BAD, 4},
    };

    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        Wasm w = {0};
        w_hex(&w, headers[i].hex);
        refuse(&w, headers[i].phase, headers[i].offset, headers[i].message);
    }
}
END_TEST

/* A module with every section. */
static Wasm good_module(void)
{
    Wasm w = {0}, code = {0}, a = {0}, b = {0};

    w_header(&w);
    w_section_hex(&w, W_TYPE, "02 60 00 00 60 02 7f 7f 01 7f");
    w_section_hex(&w, W_IMPORT, "02 01 65 01 66 00 00 01 65 01 67 03 7f 00");
    w_section_hex(&w, W_FUNCTION, "02 01 00");
    w_section_hex(&w, W_TABLE, "01 70 00 04");
    w_section_hex(&w, W_MEMORY, "01 01 01 02");
    w_section_hex(&w, W_GLOBAL, "01 7f 01 41 2a 0b");
    w_section_hex(&w, W_EXPORT, "02 03 61 64 64 00 01 01 6d 02 00");
    w_section_hex(&w, W_START, "02");
    w_section_hex(&w, W_ELEMENT, "01 00 41 01 0b 02 00 01");
    w_section_hex(&w, W_DATA_COUNT, "02");
    w_u8(&code, 2);
    w_hex(&a, "20 00 20 01 6a 22 02 04 7f 41 01 05 42 80 01 a7 0b 0b");
    w_hex(&b, "02 40 41 00 0e 01 00 00 0b 41 00 41 01 36 02 00 41 00 41 00 41 02 11 01 00 1a"
              "fc 09 01 43 00 00 c0 7f 1a 10 00 0b");
    w_function_body(&code, "i", &a);
    w_function_body(&code, "", &b);
    w_free(&a);
    w_free(&b);
    w_section(&w, W_CODE, &code);
    w_section_hex(&w, W_DATA, "02 00 41 08 0b 03 61 62 63 01 02 64 65");
    return w;
}

static bool accepts(const uint8_t *bytes, size_t length)
{
    HerkosOptions options = {.name = "unit", .file = "unit.wasm"};
    HerkosResult result;
    uint8_t *exact = malloc(length ? length : 1);   /* so that the sanitizer sees a read past the end */

    ck_assert_ptr_nonnull(exact);
    memcpy(exact, bytes, length);
    bool accepted = herkos_transpile(exact, length, &options, &result);
    if (accepted)
        herkos_free(&result);
    else
        ck_assert_msg(result.diagnostic.offset <= length, "offset 0x%lx: %s", (unsigned long)result.diagnostic.offset,
                      result.diagnostic.message);
    free(exact);
    return accepted;
}

START_TEST(truncated_module)
{
    Wasm w = good_module();

    ck_assert(accepts(w.bytes, w.length));
    /* 8, 20 and 36: the ends of the header, the types and the imports, which make a module by themselves. */
    for (size_t length = 0; length < w.length; length++)
        ck_assert_msg(length == 8 || length == 20 || length == 36 || !accepts(w.bytes, length), "accepted when cut to %lu bytes", (unsigned long)length);
    w_free(&w);
}
END_TEST

/* Whatever a byte is replaced with: no crash, no sanitizer report, and the outcome is the same each time. */
START_TEST(mutated_module)
{
    Wasm w = good_module();

    for (size_t at = (size_t)_i; at < w.length; at += 8)
        for (unsigned byte = 0; byte < 256; byte += byte < 16 || byte > 0xbe ? 1 : 5) {
            uint8_t old = w.bytes[at];
            w.bytes[at] = (uint8_t)byte;
            accepts(w.bytes, w.length);
            w.bytes[at] = old;
        }
    w_free(&w);
}
END_TEST

/* Counts of what a section does not hold are refused before anything of that size is allocated. */
START_TEST(huge_counts)
{
    static const unsigned ids[] = {1, 2, 3, 4, 5, 6, 7, 9, 10, 11};

    for (unsigned i = 0; i < sizeof ids / sizeof *ids; i++) {
        Wasm w = {0};
        w_header(&w);
        w_section_hex(&w, ids[i], "ff ff ff ff 0f 00 00 00");
        ck_assert_msg(!accepts(w.bytes, w.length), "section %u", ids[i]);
        w_free(&w);
    }
}
END_TEST

/* Appendix A.1 lets a limit be set to the number of functions, and of parameters and results. */
START_TEST(counts)
{
    static const struct {
        unsigned section;
        uint32_t count;
        const char *before, *message;
    } limits[] = {
        {W_TYPE, 1000, "01 60", NULL},
        {W_TYPE, 1001, "01 60", "more than 1000 parameters or results are not supported"},
        {W_FUNCTION, 1000001, "", "more than 1000000 functions are not supported"},
    };
    Wasm w = {0}, section = {0};

    w_hex(&section, limits[_i].before);
    w_u32(&section, limits[_i].count);
    for (uint32_t i = 0; i < limits[_i].count; i++)
        w_u8(&section, limits[_i].section == W_TYPE ? 0x7f : 0);
    w_u8(&section, 0);
    w_header(&w);
    w_section(&w, limits[_i].section, &section);
    if (limits[_i].message)
        refuse(&w, HERKOS_PHASE_UNSUPPORTED, HERE, limits[_i].message);
    else
        accept(&w);
}
END_TEST

START_TEST(memory_options)
{
    static const struct {
        const char *sections;
        uint32_t pages;
        uint64_t bytes;
        const char *expected;    /* in the text; NULL: refused */
    } options[] = {
        {"5: 01 00 02", 0, 0, "MEMORY_BYTES: usize = 131072;"},
        {"5: 01 01 02 05", 0, 0, "MAX_PAGES: usize = 5;"},
        {"5: 01 01 02 05", 3, 0, "MAX_PAGES: usize = 3;"},
        {"5: 01 01 02 05", 9, 0, "MAX_PAGES: usize = 5;"},
        {"5: 01 00 02", 4, 0, "MAX_PAGES: usize = 4;"},
        {"5: 01 00 02", 1, 0, NULL},
        {"5: 01 00 02", 0, 1000, "MEMORY_BYTES: usize = 1000;"},
    };

    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        HerkosOptions o = {.name = "unit", .file = "unit.wasm", .max_pages = options[i].pages,
                           .max_memory = options[i].bytes};
        HerkosResult result;
        Wasm w = w_module(options[i].sections);
        bool accepted = herkos_transpile(w.bytes, w.length, &o, &result);
        ck_assert_int_eq(accepted, options[i].expected != NULL);
        if (accepted) {
            CONTAINS(result.text, options[i].expected);
            herkos_free(&result);
        } else {
            ck_assert_int_eq(result.diagnostic.phase, HERKOS_PHASE_OPTIONS);
        }
        w_free(&w);
    }
}
END_TEST

Suite *suite_module(void)
{
    Suite *suite = suite_create("module");
    TCase *tc = tcase_create("module");

    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, section_case, 0, sizeof cases / sizeof *cases);
    tcase_add_test(tc, section_order);
    tcase_add_test(tc, header);
    tcase_add_test(tc, truncated_module);
    tcase_add_loop_test(tc, mutated_module, 0, 8);
    tcase_add_test(tc, huge_counts);
    tcase_add_loop_test(tc, counts, 0, 3);
    tcase_add_test(tc, memory_options);
    suite_add_tcase(suite, tc);
    return suite;
}
