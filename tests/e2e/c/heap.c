/* A priority queue, Dijkstra's shortest paths with it, and a small allocator with a free list. */
#include "e2e.h"

enum { NODES = 40, ROOM = 400 };
typedef struct Entry {
    uint32_t key;
    uint16_t node, serial;
} Entry;

static Entry queue[ROOM];
static uint32_t size, distances[NODES];
static uint8_t roads[NODES][NODES];

static bool before(const Entry *a, const Entry *b) { return a->key != b->key ? a->key < b->key : a->serial < b->serial; }

static void push(Entry e)
{
    uint32_t i = size++;

    for (; i && before(&e, &queue[(i - 1) / 2]); i = (i - 1) / 2)
        queue[i] = queue[(i - 1) / 2];
    queue[i] = e;
}

static Entry pop(void)
{
    Entry top = queue[0], last = queue[--size];
    uint32_t i = 0;

    for (uint32_t child; (child = 2 * i + 1) < size; i = child) {
        if (child + 1 < size && before(&queue[child + 1], &queue[child]))
            child++;
        if (!before(&queue[child], &last))
            break;
        queue[i] = queue[child];
    }
    queue[i] = last;
    return top;
}

uint64_t EXPORT(shortest)(uint32_t seed, uint32_t from, uint32_t density)
{
    uint64_t sum = 0;
    uint16_t serial = 0;

    random_start(seed);
    for (int i = 0; i < NODES; i++)
        for (int k = 0; k < NODES; k++)
            roads[i][k] = random_next() % 32 < density % 16 ? (uint8_t)(random_next() >> 8) : 0;
    for (int i = 0; i < NODES; i++)
        distances[i] = ~0u;
    size = 0;
    distances[from % NODES] = 0;
    push((Entry){0, (uint16_t)(from % NODES), serial++});
    while (size && size < ROOM - NODES) {
        Entry e = pop();
        if (e.key > distances[e.node])
            continue;
        for (uint16_t to = 0; to < NODES; to++) {
            uint32_t through = e.key + roads[e.node][to];
            if (roads[e.node][to] && through < distances[to]) {
                distances[to] = through;
                push((Entry){through, to, serial++});
            }
        }
    }
    for (int i = 0; i < NODES; i++)
        sum = sum * 5 + distances[i];
    return sum;
}

typedef struct Block {
    uint32_t size;
    struct Block *next;
} Block;

static _Alignas(8) uint8_t arena[2048];
static Block *free_list;

static void *allocate(uint32_t bytes)
{
    bytes = (bytes + 7) & ~7u;
    for (Block **p = &free_list; *p; p = &(*p)->next) {
        Block *b = *p;
        if (b->size < bytes)
            continue;
        if (b->size >= bytes + sizeof(Block) + 8) {
            Block *rest = (Block *)((uint8_t *)(b + 1) + bytes);
            *rest = (Block){b->size - bytes - (uint32_t)sizeof(Block), b->next};
            *p = rest;
            b->size = bytes;
        } else {
            *p = b->next;
        }
        return b + 1;
    }
    return NULL;
}

static void release(void *memory)
{
    Block *b = (Block *)memory - 1, **p = &free_list;

    while (*p && *p < b)
        p = &(*p)->next;
    b->next = *p;
    *p = b;
    if (b->next && (uint8_t *)(b + 1) + b->size == (uint8_t *)b->next) {
        b->size += b->next->size + (uint32_t)sizeof(Block);
        b->next = b->next->next;
    }
}

uint32_t EXPORT(allocator)(uint32_t seed, uint32_t steps)
{
    uint8_t *live[16] = {0};
    uint32_t failed = 0;

    free_list = (Block *)arena;
    *free_list = (Block){sizeof arena - sizeof(Block), NULL};
    random_start(seed);
    for (steps %= 200; steps; steps--) {
        uint32_t i = random_next() >> 8 & 15, n = random_next() >> 8 & 255;
        if (live[i])
            release(live[i]);
        live[i] = allocate(n);
        failed += !live[i];
        if (live[i])
            memset(live[i], (int)steps, n);
    }
    return failed << 16 | (free_list ? free_list->size : 0);
}
