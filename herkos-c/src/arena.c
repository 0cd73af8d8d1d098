/*
 * arena.c: memory that is given back all at once.
 *
 * A run has two arenas: one for the module, one for the function at hand. Objects are zeroed, never
 * freed alone. Running out of memory raises, so no caller checks for NULL.
 */
#include "hk.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_SIZE = 32 * 1024 };

struct HkChunk {
    HkChunk *next;
    size_t size;
    max_align_t data[];
};

static _Noreturn void out_of_memory(HkContext *ctx)
{
    hk_raise(ctx, HERKOS_PHASE_MEMORY, 0, "out of memory");
}

static HkChunk *new_chunk(HkArena *arena, size_t size)
{
    HkChunk *chunk = size <= SIZE_MAX - sizeof(HkChunk) ? malloc(sizeof(HkChunk) + size) : NULL;

    if (!chunk)
        out_of_memory(arena->ctx);
    chunk->size = size;
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    arena->used = 0;
    return chunk;
}

void *hk_arena_alloc(HkArena *arena, size_t size)
{
    const size_t align = sizeof(max_align_t);

    if (size > SIZE_MAX - align)
        out_of_memory(arena->ctx);
    size = (size + align - 1) / align * align;
    HkChunk *chunk = arena->chunks;
    if (!chunk || chunk->size - arena->used < size)
        chunk = new_chunk(arena, size > CHUNK_SIZE ? size : CHUNK_SIZE);
    void *object = (char *)chunk->data + arena->used;
    arena->used += size;
    return memset(object, 0, size);
}

void *hk_arena_array(HkArena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        out_of_memory(arena->ctx);
    return hk_arena_alloc(arena, count * size);
}

static void free_chunks(HkChunk *chunk)
{
    while (chunk) {
        HkChunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
}

void hk_arena_reset(HkArena *arena)
{
    if (!arena->chunks)
        return;
    if (arena->chunks->size > CHUNK_SIZE) { /* one large object is not worth keeping */
        hk_arena_free(arena);
        return;
    }
    free_chunks(arena->chunks->next);
    arena->chunks->next = NULL;
    arena->used = 0;
}

void hk_arena_free(HkArena *arena)
{
    free_chunks(arena->chunks);
    arena->chunks = NULL;
    arena->used = 0;
}

void *hk_grow(HkContext *ctx, void *items, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity)
        return items;
    size_t wanted = *capacity ? *capacity : 16;
    while (wanted < needed) {
        if (wanted > SIZE_MAX / 2)
            out_of_memory(ctx);
        wanted *= 2;
    }
    void *grown = wanted <= SIZE_MAX / size ? realloc(items, wanted * size) : NULL;
    if (!grown)
        out_of_memory(ctx);
    *capacity = wanted;
    return grown;
}
