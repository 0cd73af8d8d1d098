/* Huffman coding of bytes: count, build the tree, encode, decode. */
#include "size.h"

enum { SYMBOLS = 64, LENGTH = 600 };
static struct {
    uint32_t weight;
    int16_t zero, one, parent;
} nodes[2 * SYMBOLS];
static uint8_t text[LENGTH], packed[LENGTH], back[LENGTH];
static uint32_t codes[SYMBOLS];
static uint8_t lengths[SYMBOLS];

static void generate(uint32_t seed)
{
    for (uint32_t i = 0; i < LENGTH; i++) {
        seed = seed * 1103515245u + 12345;
        uint32_t r = seed >> 16 & 1023;
        text[i] = (uint8_t)(r * r >> 14);
    }
}

static int lightest(int count)
{
    int best = -1;

    for (int i = 0; i < count; i++)
        if (nodes[i].weight && nodes[i].parent < 0 && (best < 0 || nodes[i].weight < nodes[best].weight))
            best = i;
    return best;
}

/* The root's number. */
static int build(void)
{
    int count = SYMBOLS;

    for (int i = 0; i < 2 * SYMBOLS; i++) {
        nodes[i].weight = 0;
        nodes[i].zero = nodes[i].one = nodes[i].parent = -1;
    }
    for (uint32_t i = 0; i < LENGTH; i++)
        nodes[text[i]].weight++;
    for (;;) {
        int a = lightest(count);
        nodes[a].parent = (int16_t)count;
        int b = lightest(count);
        if (b < 0)
            return a;
        nodes[b].parent = (int16_t)count;
        nodes[count].zero = (int16_t)a;
        nodes[count].one = (int16_t)b;
        nodes[count].weight = nodes[a].weight + nodes[b].weight;
        count++;
    }
}

static void assign(int node, uint32_t code, uint8_t length)
{
    if (nodes[node].zero < 0) {
        codes[node] = code;
        lengths[node] = length;
        return;
    }
    assign(nodes[node].zero, code << 1, (uint8_t)(length + 1));
    assign(nodes[node].one, code << 1 | 1, (uint8_t)(length + 1));
}

static uint32_t encode(void)
{
    uint32_t bits = 0, held = 0, at = 0;

    for (uint32_t i = 0; i < LENGTH; i++) {
        bits = bits << lengths[text[i]] | codes[text[i]];
        held += lengths[text[i]];
        while (held >= 8) {
            held -= 8;
            packed[at++] = (uint8_t)(bits >> held);
        }
    }
    packed[at++] = (uint8_t)(bits << (8 - held));
    return at;
}

static void decode(int root)
{
    uint32_t bit = 0;

    for (uint32_t i = 0; i < LENGTH; i++) {
        int n = root;
        while (nodes[n].zero >= 0) {
            n = packed[bit >> 3] >> (7 - (bit & 7)) & 1 ? nodes[n].one : nodes[n].zero;
            bit++;
        }
        back[i] = (uint8_t)n;
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    while (rounds--) {
        generate(rounds);
        int root = build();
        assign(root, 0, 0);
        sum = fold(sum, encode());
        decode(root);
        for (uint32_t i = 0; i < LENGTH; i++)
            sum = fold(sum, (uint32_t)(text[i] != back[i]) << 16 | packed[i / 2]);
    }
    return sum;
}
