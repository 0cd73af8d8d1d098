/* Calls through a table of functions: a calculator in reverse Polish notation, and handlers of messages by type. */
#include "size.h"

typedef struct Context {
    int32_t stack[16];
    uint32_t depth, errors;
} Context;
typedef void (*Operation)(Context *, int32_t argument);

static Context context;
static uint8_t program[256];

static void push(Context *c, int32_t x)
{
    if (c->depth < 16)
        c->stack[c->depth++] = x;
    else
        c->errors++;
}

static int32_t pop(Context *c)
{
    if (c->depth)
        return c->stack[--c->depth];
    c->errors++;
    return 1;
}

static void number(Context *c, int32_t argument) { push(c, argument); }
static void plus(Context *c, int32_t argument) { push(c, (int32_t)((uint32_t)pop(c) + (uint32_t)pop(c) + (uint32_t)argument)); }
static void times(Context *c, int32_t argument) { push(c, (int32_t)((uint32_t)pop(c) * (uint32_t)pop(c) + (uint32_t)argument)); }
static void both(Context *c, int32_t argument) { push(c, (pop(c) & pop(c)) | argument); }
static void either(Context *c, int32_t argument) { push(c, (pop(c) ^ pop(c)) + argument / 3); }
static void shift(Context *c, int32_t argument) { push(c, pop(c) >> (argument & 15)); }
static void copy(Context *c, int32_t argument)
{
    int32_t x = pop(c);
    push(c, x);
    push(c, x ^ argument);
}
static void drop(Context *c, int32_t argument) { c->errors += (uint32_t)(pop(c) == argument); }

static const Operation operations[16] = {number, number, number, plus, times, both, either, shift,
                                         copy, drop, copy, number, plus, either, times, copy};

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, random = 1;

    while (rounds--) {
        for (uint32_t i = 0; i < sizeof program; i++) {
            random = random * 1664525u + 1013904223u;
            program[i] = (uint8_t)(random >> 24);
        }
        context.depth = context.errors = 0;
        for (uint32_t i = 0; i < sizeof program; i++)
            operations[program[i] & 15](&context, program[i] >> 4);
        sum = fold(sum, context.errors);
        while (context.depth)
            sum = fold(sum, (uint32_t)pop(&context));
    }
    return sum;
}
