/* Function pointers: a state machine over events, a table of handlers, callbacks with context, and wrong pointers. */
#include "e2e.h"

typedef struct Machine Machine;
typedef void (*State)(Machine *, uint32_t event);
struct Machine {
    State state;
    uint32_t count, log_length;
    int64_t total;
    uint8_t log[64];
};

static Machine machine;

static void idle(Machine *m, uint32_t event);
static void running(Machine *m, uint32_t event);
static void paused(Machine *m, uint32_t event);

static void enter(Machine *m, State next, uint8_t mark)
{
    m->state = next;
    m->log[m->log_length++ & 63] = mark;
}

static void idle(Machine *m, uint32_t event)
{
    if (event == 1)
        enter(m, running, 'r');
    else if (event == 5)
        m->count = 0;
}

static void running(Machine *m, uint32_t event)
{
    switch (event) {
    case 0: enter(m, idle, 'i'); break;
    case 2: enter(m, paused, 'p'); break;
    case 3: m->total += m->count; break;
    case 4: m->total *= -3; break;
    default: m->count++;
    }
}

static void paused(Machine *m, uint32_t event)
{
    if (event == 1 || event > 5)
        enter(m, running, 'R');
    else if (event == 0)
        enter(m, idle, 'I');
}

int64_t EXPORT(events)(uint32_t seed, uint32_t count)
{
    memset(&machine, 0, sizeof machine);
    machine.state = idle;
    random_start(seed);
    for (count %= 300; count; count--)
        machine.state(&machine, random_next() >> 7 & 7);
    return machine.total + machine.log_length;
}

typedef double (*Operation)(double, double);
static double plus(double a, double b) { return a + b; }
static double minus(double a, double b) { return a - b; }
static double times(double a, double b) { return a * b; }
static double over(double a, double b) { return a / b; }
static double larger(double a, double b) { return a > b ? a : b; }
static const Operation operations[] = {plus, minus, times, over, larger};

double EXPORT(calculate)(double a, double b, uint32_t which) { return operations[which % 5](a, b); }

typedef int32_t (*Visit)(void *context, int32_t value);
static int32_t sum(void *context, int32_t value) { return *(int32_t *)context += value; }
static int32_t most(void *context, int32_t value) { return *(int32_t *)context > value ? 0 : (*(int32_t *)context = value); }

static int32_t each(uint32_t seed, Visit visit, void *context)
{
    int32_t last = 0;

    random_start(seed);
    for (int i = 0; i < 20; i++)
        last ^= visit(context, (int32_t)random_next());
    return last;
}

int32_t EXPORT(visitors)(uint32_t seed)
{
    int32_t total = 0, highest = INT32_MIN;
    int32_t a = each(seed, sum, &total), b = each(seed, most, &highest);

    return a ^ b ^ total ^ highest;
}

/* Any number as a pointer to a function. */
int32_t EXPORT(wild)(uint32_t pointer, int32_t value)
{
    int32_t context = value;

    return ((Visit)(uintptr_t)(pointer % 24))(&context, value);
}
