/*
 * emit_state.c: the state that functions are passed, as parameters and as arguments: of it only
 * what they use, in one order everywhere.
 */
#include "tree.h"

#include <string.h>

static const struct {
    uint32_t use;
    const char *name, *type; /* of a memory that grows; the type of a lent table is another's */
} states[] = {
    {HK_USE_GROW, "mem", "&mut GrowableMemory<'_>"},
    {HK_USE_MEMORY_MUT, HK_SLICE, "&mut [u8]"},
    {HK_USE_MEMORY, HK_SLICE, "&[u8]"},
    {HK_USE_LENT << 0, "table_0", NULL},
    {HK_USE_LENT << 1, "table_1", NULL},
    {HK_USE_LENT << 2, "table_2", NULL},
    {HK_USE_LENT << 3, "table_3", NULL},
    {HK_USE_LENT << 4, "table_4", NULL},
    {HK_USE_LENT << 5, "table_5", NULL},
    {HK_USE_LENT << 6, "table_6", NULL},
    {HK_USE_LENT << 7, "table_7", NULL},
    {HK_USE_GLOBALS, "globals", "&mut Globals"},
    {HK_USE_TABLES, "tables", "&mut Tables"},
    {HK_USE_DROPPED, "dropped", "&mut Dropped"},
    {HK_USE_HOST, "host", "&mut H"},
    {HK_USE_FUEL, "fuel", "&mut u64"},
    {HK_USE_STACK, "stack", "u32"},
};

enum { STATE_COUNT = sizeof states / sizeof *states };

/* Of the three forms of memory a function has the strongest that it needs. */
static bool has_state(uint32_t uses, uint32_t use)
{
    if (use == HK_USE_MEMORY_MUT && (uses & HK_USE_GROW))
        return false;
    if (use == HK_USE_MEMORY && (uses & (HK_USE_GROW | HK_USE_MEMORY_MUT)))
        return false;
    return uses & use;
}

uint32_t hk_state_width(uint32_t uses)
{
    size_t width = 0;

    for (size_t i = 0; i < STATE_COUNT; i++)
        if (has_state(uses, states[i].use))
            width += strlen(states[i].name) + 2;
    if (uses & HK_USE_TRACE)
        width += strlen("trace, ");
    return (uint32_t)width;
}

/* The state arguments of a call: `first` goes before the first of them, `next` before each other.
 * `slice`: what the slice of the memory is called where the call stands. The result is what to put
 * before an argument after them. */
const char *hk_emit_state(HkBuf *out, uint32_t uses, const char *slice, const char *first,
                          const char *next)
{
    for (size_t i = 0; i < STATE_COUNT; i++) {
        if (!has_state(uses, states[i].use))
            continue;
        bool is_slice = states[i].use & (HK_USE_MEMORY | HK_USE_MEMORY_MUT);
        hk_buf_text(out, first);
        hk_buf_text(out, is_slice ? slice : states[i].name);
        first = next;
    }
    return first;
}

static const char *lent_type(const HkModule *m, uint32_t use)
{
    uint32_t table = 0;

    while (use != (uint32_t)HK_USE_LENT << table)
        table++;
    return hk_table_view(m->lent_tables[table]);
}

/* The length of a memory that never grows is part of its type: LLVM drops or hoists every check
 * against it that it can decide, and one parameter falls away. */
static const char *memory_type(const HkModule *m, uint32_t use, const char *growing)
{
    if (!hk_has_fixed_memory(m) || !(use & HK_USE_ALL_MEMORY))
        return growing;
    return use == HK_USE_MEMORY ? "&[u8; MEMORY_BYTES]" : "&mut [u8; MEMORY_BYTES]";
}

/* The state parameters of a function. Those that its text turned out not to need are named with an
 * underscore. The result is what to put before a parameter after them. */
const char *hk_emit_params(HkBuf *out, const HkModule *m, uint32_t uses, uint32_t printed)
{
    const char *before = "";

    for (size_t i = 0; i < STATE_COUNT; i++) {
        if (!has_state(uses, states[i].use))
            continue;
        uint32_t same = states[i].use & HK_USE_ALL_MEMORY ? HK_USE_ALL_MEMORY : states[i].use;
        hk_buf_text(out, before);
        if (!(printed & same))
            hk_buf_char(out, '_');
        hk_buf_text(out, states[i].name);
        hk_buf_text(out, ": ");
        hk_buf_text(out, states[i].type ? memory_type(m, states[i].use, states[i].type)
                                        : lent_type(m, states[i].use));
        before = ",\1 ";
    }
    return before;
}
