/*
 * What a microcontroller does all day, in one program: a linked list that is searched and sorted, matrices of 16-bit
 * numbers, a state machine over text, and a CRC-16 over the results.
 */
#include "size.h"

enum { ITEMS = 40, N = 9 };
typedef struct Item {
    struct Item *next;
    int16_t value, index;
} Item;
typedef int32_t (*Order)(const Item *, const Item *);

static Item items[ITEMS];
static int16_t a[N][N], b[N][N];
static int32_t c[N][N];
static uint32_t counts[8];

static uint16_t crc16(uint16_t crc, uint32_t value)
{
    for (int i = 0; i < 16; i++, value >>= 1)
        crc = (uint16_t)((crc ^ value) & 1 ? crc >> 1 ^ 0xa001 : crc >> 1);
    return crc;
}

/* Lists */

static int32_t by_value(const Item *x, const Item *y) { return x->value - y->value; }
static int32_t by_index(const Item *x, const Item *y) { return x->index - y->index; }

static Item *make_list(uint32_t seed)
{
    for (int i = 0; i < ITEMS; i++) {
        seed = seed * 1103515245u + 12345;
        items[i] = (Item){i + 1 < ITEMS ? &items[i + 1] : NULL, (int16_t)(seed >> 16 & 0x3ff), (int16_t)i};
    }
    return items;
}

static Item *find(Item *list, int16_t value)
{
    while (list && list->value != value)
        list = list->next;
    return list;
}

static Item *reverse(Item *list)
{
    Item *done = NULL;

    while (list) {
        Item *next = list->next;
        list->next = done;
        done = list;
        list = next;
    }
    return done;
}

static Item *insertion_sort(Item *list, Order order)
{
    Item *sorted = NULL;

    while (list) {
        Item *item = list, **p = &sorted;
        list = list->next;
        while (*p && order(*p, item) <= 0)
            p = &(*p)->next;
        item->next = *p;
        *p = item;
    }
    return sorted;
}

static uint16_t lists(uint32_t seed, uint16_t crc)
{
    Item *list = make_list(seed);

    for (int16_t v = 0; v < 30; v++) {
        Item *found = find(list, (int16_t)(v * 31 + (int16_t)(seed & 15)));
        list = reverse(list);
        crc = crc16(crc, found ? (uint32_t)found->index : 0xffff);
    }
    list = insertion_sort(list, by_value);
    crc = crc16(crc, (uint32_t)list->value);
    list = insertion_sort(list, by_index);
    return crc16(crc, (uint32_t)list->next->value);
}

/* Matrices */

static void multiply(void)
{
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            c[i][k] = 0;
            for (int j = 0; j < N; j++)
                c[i][k] += a[i][j] * b[j][k];
        }
}

static uint16_t matrices(uint32_t seed, uint16_t crc)
{
    int32_t sum = 0, last = 0;

    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            seed = seed * 1103515245u + 12345;
            a[i][k] = (int16_t)(seed >> 16 & 255);
            b[i][k] = (int16_t)(a[i][k] + i - k);
        }
    multiply();
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            int32_t bits = (c[i][k] >> 2 & 15) * (c[i][k] >> 5 & 127);
            sum += bits > last ? 10 : bits;
            last = bits;
            a[i][k] = (int16_t)(a[i][k] + bits);
        }
    return crc16(crc, (uint32_t)sum);
}

/* A state machine over text: what kinds of numbers are in it? */

enum State { BEGIN, SIGN, INTEGER, POINT, EXPONENT, EXPONENT_SIGN, SCIENTIFIC, INVALID };

static enum State step(enum State state, char ch)
{
    bool digit = ch >= '0' && ch <= '9', sign = ch == '+' || ch == '-';

    switch (state) {
    case BEGIN: return digit ? INTEGER : sign ? SIGN : ch == '.' ? POINT : INVALID;
    case SIGN: return digit ? INTEGER : ch == '.' ? POINT : INVALID;
    case INTEGER: return digit ? INTEGER : ch == '.' ? POINT : ch == 'e' ? EXPONENT : INVALID;
    case POINT: return digit ? POINT : ch == 'e' ? EXPONENT : INVALID;
    case EXPONENT: return sign ? EXPONENT_SIGN : digit ? SCIENTIFIC : INVALID;
    case EXPONENT_SIGN:
    case SCIENTIFIC: return digit ? SCIENTIFIC : INVALID;
    default: return INVALID;
    }
}

static uint16_t states(uint32_t seed, uint16_t crc)
{
    static char text[] = "5012,1234,-874,+122,35.54400,.1234500,-110.700,+0.64400,5.500e+3,-.123e-2,-87e+832,+0.6e-12,"
                         "T0.3e-1F,-T.T++Tq,1T3.4e4z,34.0e-T^,12e,";
    enum State state = BEGIN;

    for (uint32_t i = 0; i < 8; i++)
        counts[i] = 0;
    text[seed % (sizeof text - 1)] ^= 1;
    for (const char *p = text; *p; p++) {
        if (*p == ',') {
            counts[state]++;
            state = BEGIN;
        } else {
            state = step(state, *p);
        }
    }
    text[seed % (sizeof text - 1)] ^= 1;
    for (uint32_t i = 0; i < 8; i++)
        crc = crc16(crc, counts[i]);
    return crc;
}

uint32_t run(uint32_t rounds)
{
    uint16_t crc = 0xffff;

    for (uint32_t i = 0; i < rounds; i++) {
        crc = lists(i, crc);
        crc = matrices(i, crc);
        crc = states(i, crc);
    }
    return crc;
}
