/* Shortest paths with a binary heap (Dijkstra) and A* over a map of cells, and a minimum spanning tree with union-find. */
#include "bench.h"

enum { SIDE = 64, CELLS = SIDE * SIDE, FAR = 1 << 30 };
static uint8_t cost[CELLS];
static int32_t distance[CELLS];
static struct Entry {
    int32_t key;
    uint32_t cell;
} heap[8 * CELLS];
static uint32_t size;
static uint16_t parent[CELLS];
static uint32_t edges[2 * CELLS], other[2 * CELLS];

static void push(int32_t key, uint32_t cell)
{
    uint32_t at = size++;

    for (; at && heap[(at - 1) / 2].key > key; at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = (struct Entry){key, cell};
}

static struct Entry pop(void)
{
    struct Entry least = heap[0], last = heap[--size];
    uint32_t at = 0, child;

    while ((child = 2 * at + 1) < size) {
        child += child + 1 < size && heap[child + 1].key < heap[child].key;
        if (heap[child].key >= last.key)
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = last;
    return least;
}

static int32_t least_steps(uint32_t cell, uint32_t goal)
{
    int32_t dx = (int32_t)(cell % SIDE) - (int32_t)(goal % SIDE), dy = (int32_t)(cell / SIDE) - (int32_t)(goal / SIDE);
    return (dx < 0 ? -dx : dx) + (dy < 0 ? -dy : dy);
}

/* With `guided` as A*, else without the estimate. */
static uint32_t path(uint32_t start, uint32_t goal, bool guided)
{
    uint32_t visited = 0;

    for (uint32_t i = 0; i < CELLS; i++)
        distance[i] = FAR;
    size = 0;
    distance[start] = 0;
    push(0, start);
    while (size) {
        struct Entry e = pop();
        int32_t here = distance[e.cell];
        if (e.key > here + (guided ? least_steps(e.cell, goal) : 0))
            continue;
        visited++;
        if (e.cell == goal)
            break;
        for (int d = 0; d < 4; d++) {
            uint32_t x = e.cell % SIDE + (uint32_t)(d == 0) - (uint32_t)(d == 1),
                     y = e.cell / SIDE + (uint32_t)(d == 2) - (uint32_t)(d == 3);
            if (x >= SIDE || y >= SIDE)
                continue;
            uint32_t next = y * SIDE + x;
            if (here + cost[next] < distance[next]) {
                distance[next] = here + cost[next];
                push(distance[next] + (guided ? least_steps(next, goal) : 0), next);
            }
        }
    }
    return (uint32_t)distance[goal] << 16 ^ visited;
}

static uint32_t root(uint32_t cell)
{
    while (parent[cell] != cell)
        cell = parent[cell] = parent[parent[cell]];
    return cell;
}

static uint32_t spanning_tree(void)
{
    uint32_t starts[256] = {0}, sum = 0, total = 0;

    /* Edges to the right and down, sorted by weight in one pass. */
    for (uint32_t e = 0; e < 2 * CELLS; e++)
        starts[cost[e / 2] ^ (e & 1)]++;
    for (int i = 0; i < 256; i++) {
        uint32_t n = starts[i];
        starts[i] = sum;
        sum += n;
    }
    for (uint32_t e = 0; e < 2 * CELLS; e++)
        edges[starts[cost[e / 2] ^ (e & 1)]++] = e;
    for (uint32_t i = 0; i < CELLS; i++)
        parent[i] = (uint16_t)i;
    for (uint32_t i = 0; i < 2 * CELLS; i++) {
        uint32_t cell = edges[i] / 2, next = (cell + (edges[i] & 1 ? SIDE : 1)) % CELLS;
        uint32_t a = root(cell), b = root(next);
        other[i] = a ^ b;
        if (a != b) {
            parent[a] = (uint16_t)b;
            total += cost[cell];
        }
    }
    return total ^ other[CELLS];
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 1;

    while (rounds--) {
        for (int i = 0; i < CELLS; i++)
            cost[i] = (uint8_t)(1 + (random_from(&state) >> 28) * (random_from(&state) >> 30));
        sum = fold(sum, path(0, CELLS - 1, false));
        sum = fold(sum, path(SIDE - 1, CELLS - SIDE, true));
        sum = fold(sum, spanning_tree());
    }
    return sum;
}
