/*
 * support.h: what every part stands on: memory, text under construction, errors, and the bytes of
 * the input.
 */
#ifndef HK_SUPPORT_H
#define HK_SUPPORT_H

#include <herkos.h>

#include <setjmp.h>
#include <string.h>

/* ---- arena.c: memory that is given back all at once ---- */

typedef struct HkContext HkContext;

typedef struct HkChunk HkChunk;
struct HkChunk {
    HkChunk *next;
    size_t size;
    max_align_t data[];
};

typedef struct HkArena {
    HkContext *ctx;  /* raises when memory ends */
    HkChunk *chunks; /* newest first */
    HkChunk *spare;  /* given back by a reset, for the next user */
    size_t used;     /* bytes used of the newest */
} HkArena;

void *hk_arena_more(HkArena *arena, size_t size); /* when the newest chunk is full */

/* Zeroed, aligned for any object. Inline: most objects are small and of known size. */
static inline void *hk_arena_alloc(HkArena *arena, size_t size)
{
    const size_t align = sizeof(max_align_t);
    size_t padded = (size + align - 1) / align * align;
    HkChunk *chunk = arena->chunks;

    if (!chunk || padded < size || chunk->size - arena->used < padded)
        return hk_arena_more(arena, size);
    void *object = (char *)chunk->data + arena->used;
    arena->used += padded;
    return memset(object, 0, size);
}

void *hk_arena_array(HkArena *arena, size_t count, size_t size); /* the same, the product checked */
void hk_arena_reset(HkArena *arena); /* frees the objects, keeps the memory */
void hk_arena_free(HkArena *arena);
void *hk_arena_grow(HkArena *arena, void *items, size_t *capacity, size_t needed, size_t size);
void *hk_grow(HkContext *ctx, void *items, size_t *capacity, size_t needed,
              size_t size); /* malloc'd, doubling */

#define HK_NEW(arena, type)              ((type *)hk_arena_alloc((arena), sizeof(type)))
#define HK_NEW_ARRAY(arena, count, type) ((type *)hk_arena_array((arena), (count), sizeof(type)))

/* ---- buf.c: text under construction ---- */

typedef struct HkBuf {
    HkContext *ctx;
    char *text;
    size_t length, capacity;
} HkBuf;

#if defined(__GNUC__)
#define HK_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define HK_PRINTF(text, first)
#endif

void hk_buf_reserve(HkBuf *buf, size_t length); /* room for that many more characters and a NUL */
void hk_buf_uint(HkBuf *buf, uint64_t value);
void hk_buf_int(HkBuf *buf, int64_t value);
void hk_buf_format(HkBuf *buf, const char *format, ...)
    HK_PRINTF(2, 3); /* for text that is not on the hot path */
void hk_buf_free(HkBuf *buf);

/* Inline, since nearly all of the output comes in short pieces of known length. */
static inline void hk_buf_bytes(HkBuf *buf, const char *bytes, size_t length)
{
    if (buf->capacity - buf->length <= length)
        hk_buf_reserve(buf, length);
    memcpy(buf->text + buf->length, bytes, length);
    buf->length += length;
    buf->text[buf->length] = '\0';
}

static inline void hk_buf_text(HkBuf *buf, const char *text)
{
    hk_buf_bytes(buf, text, strlen(text));
}

static inline void hk_buf_char(HkBuf *buf, char c)
{
    hk_buf_bytes(buf, &c, 1);
}

/* ---- diag.c: the one way out of an error ---- */

struct HkContext {
    jmp_buf catch; /* set by transpile.c alone */
    HerkosDiagnostic *diagnostic;
    HkArena arena;    /* lives as long as the run */
    HkArena scratch;  /* lives as long as the work on one function */
    bool in_function; /* an error now is one of this function: */
    uint32_t function;
    const char *function_name; /* of the name section, printable; or NULL */
};

_Noreturn void hk_raise(HkContext *ctx, HerkosPhase phase, size_t offset, const char *format, ...)
    HK_PRINTF(4, 5);

/* ---- proposals.c ---- */

typedef enum HkProposal {
    HK_COMPACT_IMPORTS,
    HK_EXCEPTIONS,
    HK_EXTENDED_CONST,
    HK_FUNCTION_REFERENCES,
    HK_GARBAGE_COLLECTION,
    HK_MEMORY64,
    HK_MULTI_MEMORY,
    HK_TAIL_CALLS,
    HK_THREADS,
    HK_WIDE_ARITHMETIC
} HkProposal;

/* `where` ends the message; it may be empty. */
_Noreturn void hk_refuse(HkContext *ctx, size_t offset, HkProposal proposal, const char *where);

/* ---- reader.c: bytes to values ---- */

/* A cursor over the input. Reads never go past `end`; an error is raised at the offset it is found
 * at. */
typedef struct HkReader {
    HkContext *ctx;
    const uint8_t *bytes; /* the whole input, so that offsets are offsets in the file */
    size_t at, end;
} HkReader;

typedef struct HkString {
    const uint8_t *bytes;
    uint32_t length;
} HkString;

uint8_t hk_read_u8(HkReader *r);
uint32_t hk_read_long_u32(HkReader *r);

/* Nearly all numbers have one byte. */
static inline uint32_t hk_read_u32(HkReader *r)
{
    if (r->at < r->end && r->bytes[r->at] < 0x80)
        return r->bytes[r->at++];
    return hk_read_long_u32(r);
}

uint64_t hk_read_u64(HkReader *r);
int32_t hk_read_s32(HkReader *r);
int64_t hk_read_s33(HkReader *r);
int64_t hk_read_s64(HkReader *r);
uint32_t hk_read_f32(HkReader *r); /* the bits */
uint64_t hk_read_f64(HkReader *r);
HkString hk_read_name(HkReader *r); /* checked to be UTF-8 */
uint32_t hk_read_count(HkReader *r,
                       uint32_t least); /* of items of at least `least` bytes: fits what is left */
HkReader hk_read_part(HkReader *r, uint32_t length); /* a reader of the next bytes, which r skips */
bool hk_is_utf8(HkString text);
bool hk_is_text(HkString name, const char *text); /* the same characters */

static inline bool hk_is_digit(int c)
{
    return c >= '0' && c <= '9';
}

/* ---- cursor.c: reads that don't raise ---- */

typedef struct HkCursor {
    const uint8_t *at, *end;
    bool bad; /* something did not fit, or had no end */
} HkCursor;

uint64_t hk_cursor_fixed(HkCursor *c, unsigned size); /* little-endian, of `size` bytes */
uint64_t hk_cursor_uleb128(HkCursor *c);              /* longer ones: their lower 64 bits */
int64_t hk_cursor_sleb128(HkCursor *c);
const uint8_t *hk_cursor_skip(HkCursor *c, uint64_t size); /* what was skipped, unless bad */
HkString hk_cursor_text(HkCursor *c);                      /* up to its NUL, which is skipped */

#endif
