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

static _Noreturn void out_of_memory(HkContext *ctx)
{
    hk_raise(ctx, HERKOS_PHASE_MEMORY, 0, "out of memory");
}

static void new_chunk(HkArena *arena, size_t size)
{
    HkChunk *chunk = arena->spare;

    if (chunk && chunk->size >= size) {
        arena->spare = chunk->next;
    } else {
        chunk = size <= SIZE_MAX - sizeof(HkChunk) ? malloc(sizeof(HkChunk) + size) : NULL;
        if (!chunk)
            out_of_memory(arena->ctx);
        chunk->size = size;
    }
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    arena->used = 0;
}

void *hk_arena_more(HkArena *arena, size_t size)
{
    if (size > SIZE_MAX - sizeof(max_align_t))
        out_of_memory(arena->ctx);
    size_t room = size + sizeof(max_align_t); /* for padding */
    new_chunk(arena, room > CHUNK_SIZE ? room : CHUNK_SIZE);
    return hk_arena_alloc(arena, size);
}

void *hk_arena_array(HkArena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        out_of_memory(arena->ctx);
    return hk_arena_alloc(arena, count * size);
}

void *hk_arena_grow(HkArena *arena, void *items, size_t *capacity, size_t needed, size_t size)
{
    size_t wanted = *capacity ? *capacity : 16;

    if (needed <= *capacity)
        return items;
    while (wanted < needed)
        wanted *= 2;
    void *grown = hk_arena_array(arena, wanted, size);
    if (*capacity)
        memcpy(grown, items, *capacity * size);
    *capacity = wanted;
    return grown;
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
    while (arena->chunks) {
        HkChunk *chunk = arena->chunks;
        arena->chunks = chunk->next;
        if (chunk->size > CHUNK_SIZE) { /* one large object is not worth keeping */
            free(chunk);
        } else {
            chunk->next = arena->spare;
            arena->spare = chunk;
        }
    }
    arena->used = 0;
}

void hk_arena_free(HkArena *arena)
{
    free_chunks(arena->chunks);
    free_chunks(arena->spare);
    arena->chunks = arena->spare = NULL;
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
