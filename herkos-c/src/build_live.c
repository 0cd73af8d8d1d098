/*
 * build_live.c: how much of a function's values is held at once, which is what its frame depends on
 * when rustc optimises (stack_bound.c).
 *
 * A local is held over one stretch of the body: from its first use to its last, from the start if
 * nothing was written to it before, and to the end of each loop that uses it and does not contain
 * its first use, since the next turn may read it. Exact lifetimes have holes, so this is the upper
 * side. The operand stack counts where it is highest.
 */
#include "build.h"

#include <stdlib.h>

/* Bytes. An operand of 8 counts half: most are parts of trees, and computed where they are used. */
enum { OPERAND = 4, VECTOR = 16 };

struct HkLoopSpan {
    size_t start, end; /* end: once it is known */
};

void hk_live_begin_loop(HkBuilder *b)
{
    if (b->loop_count == b->loop_capacity) {
        size_t capacity = b->loop_capacity ? b->loop_capacity * 2 : 16;
        HkLoopSpan **loops = HK_NEW_ARRAY(b->arena, capacity, HkLoopSpan *);
        for (size_t i = 0; i < b->loop_count; i++)
            loops[i] = b->loops[i];
        b->loops = loops;
        b->loop_capacity = capacity;
    }
    b->loops[b->loop_count] = HK_NEW(b->arena, HkLoopSpan);
    b->loops[b->loop_count++]->start = b->instr.offset;
    b->tree->loops++;
}

void hk_live_end_loop(HkBuilder *b)
{
    b->loops[--b->loop_count]->end = b->instr.offset;
}

/* The outermost loop around this place that begins after the offset, or NULL. */
static HkLoopSpan *loop_after(const HkBuilder *b, size_t offset)
{
    size_t low = 0, high = b->loop_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (b->loops[middle]->start > offset)
            high = middle;
        else
            low = middle + 1;
    }
    return low < b->loop_count ? b->loops[low] : NULL;
}

void hk_live_use(const HkBuilder *b, HkLocalUse *use, bool writes)
{
    if (!use->last)
        use->first = writes ? b->instr.offset : b->start;
    use->last = b->instr.offset;
    HkLoopSpan *loop = loop_after(b, use->first);
    if (loop) /* one that was noted before is this one, or has ended */
        use->loop = loop;
}

void hk_live_push(HkBuilder *b, uint8_t type)
{
    HkTree *tree = b->tree;

    if (b->stack_count > tree->height)
        tree->height = (uint32_t)b->stack_count;
    if (type == HK_V128 || !tree->widest)
        tree->widest = type == HK_V128 ? VECTOR : OPERAND;
}

/* A local begins or ends to be held. */
typedef struct Event {
    size_t offset;
    int bytes;
} Event;

/* At the same place those that end come first. */
static int compare_events(const void *a, const void *b)
{
    const Event *x = a, *y = b;

    if (x->offset != y->offset)
        return x->offset > y->offset ? 1 : -1;
    return x->bytes - y->bytes;
}

void hk_live_finish(HkBuilder *b)
{
    HkTree *tree = b->tree;
    uint32_t count = tree->used_local_count;
    Event *events = HK_NEW_ARRAY(b->arena, 2 * (size_t)count + 1, Event);
    uint32_t held = 0, most = 0;

    for (uint32_t i = 0; i < count; i++) {
        const HkLocalUse *use = &b->space->uses[tree->used_locals[i]];
        uint8_t type = hk_local_type(&tree->locals, tree->used_locals[i]);
        int bytes = type == HK_V128 ? VECTOR : type == HK_I32 || type == HK_F32 ? 4 : 8;
        size_t last = use->loop && use->loop->end > use->last ? use->loop->end : use->last;
        events[2 * (size_t)i] = (Event){use->first, bytes};
        events[2 * (size_t)i + 1] = (Event){last + 1, -bytes};
    }
    if (count)
        qsort(events, 2 * (size_t)count, sizeof *events, compare_events);
    for (uint32_t i = 0; i < 2 * count; i++) {
        held += (uint32_t)events[i].bytes;
        if (held > most)
            most = held;
    }
    tree->held = most + tree->widest * tree->height;
}
