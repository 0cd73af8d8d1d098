/* Walks of a graph of 4096 nodes: breadth first, strongly connected components (Tarjan), a topological order of these. */
#include "bench.h"

enum { NODES = 4096, EDGES = 4 * NODES };
static uint32_t first[NODES + 1], targets[EDGES];
static uint32_t from[EDGES], to[EDGES];
static uint32_t queue[NODES], distance[NODES];
static uint32_t number[NODES], low[NODES], component[NODES], stack[NODES], calls[NODES], next_edge[NODES];
static uint32_t ingoing[NODES];

static void make(uint32_t seed)
{
    memset(first, 0, sizeof first);
    for (uint32_t i = 0; i < EDGES; i++) {
        from[i] = random_from(&seed) % NODES;
        to[i] = i % 3 ? (from[i] + random_from(&seed) % 40) % NODES : random_from(&seed) % NODES;
        if (i % 16)
            from[i] /= 2;
        first[from[i] + 1]++;
    }
    for (uint32_t i = 0; i < NODES; i++)
        first[i + 1] += first[i];
    memset(next_edge, 0, sizeof next_edge);
    for (uint32_t i = 0; i < EDGES; i++)
        targets[first[from[i]] + next_edge[from[i]]++] = to[i];
}

static uint32_t breadth_first(uint32_t start)
{
    uint32_t head = 0, tail = 1, sum = 0;

    memset(distance, 0xff, sizeof distance);
    queue[0] = start;
    distance[start] = 0;
    while (head < tail) {
        uint32_t node = queue[head++];
        sum += distance[node];
        for (uint32_t e = first[node]; e < first[node + 1]; e++)
            if (distance[targets[e]] == 0xffffffff) {
                distance[targets[e]] = distance[node] + 1;
                queue[tail++] = targets[e];
            }
    }
    return fold(sum, tail);
}

/* Without recursion: the path of calls is an array. */
static uint32_t components(void)
{
    uint32_t found = 0, serial = 0, top = 0;

    memset(number, 0, sizeof number);
    memset(component, 0, sizeof component);
    for (uint32_t root = 0; root < NODES; root++) {
        uint32_t depth = 0;
        if (number[root])
            continue;
        calls[depth++] = root;
        while (depth) {
            uint32_t node = calls[depth - 1];
            if (!number[node]) {
                number[node] = low[node] = ++serial;
                next_edge[node] = first[node];
                stack[top++] = node;
            }
            bool down = false;
            while (next_edge[node] < first[node + 1]) {
                uint32_t other = targets[next_edge[node]];
                if (!number[other]) {
                    calls[depth++] = other;
                    down = true;
                    break;
                }
                if (!component[other] && low[other] < low[node])
                    low[node] = low[other];
                next_edge[node]++;
            }
            if (down)
                continue;
            depth--;
            if (low[node] != number[node])
                continue;
            found++;
            do
                component[stack[--top]] = found;
            while (stack[top] != node);
        }
    }
    return found;
}

static uint32_t order(uint32_t found)
{
    uint32_t sum = 0, tail = 0;

    memset(ingoing, 0, sizeof ingoing);
    for (uint32_t node = 0; node < NODES; node++)
        for (uint32_t e = first[node]; e < first[node + 1]; e++)
            if (component[node] != component[targets[e]])
                ingoing[component[targets[e]] - 1]++;
    for (uint32_t i = 0; i < found; i++)
        if (!ingoing[i])
            queue[tail++] = i;
    for (uint32_t i = 0; i < tail; i++)
        sum = fold(sum, queue[i]);
    return sum;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    while (rounds--) {
        make(rounds + 1);
        sum = fold(sum, breadth_first(rounds % NODES));
        uint32_t found = components();
        sum = fold(sum, found);
        sum = fold(sum, order(found));
    }
    return sum;
}
