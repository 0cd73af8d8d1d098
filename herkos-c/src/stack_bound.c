/*
 * stack_bound.c: how much stack a call takes at most. Frames are estimated; the call graph says
 * which of them are on the stack together.
 *
 * What calls itself, directly or not, takes its frames from the budget of recursion, which is one
 * for a whole call of an export; everything else is on a path from caller to callee at most once.
 * What the host's functions take is not counted.
 */
#include "tree.h"

/* ---- frames ---- */

typedef struct Weights {
    uint32_t base;
    uint32_t local, var, check, call, argument, result, op, vector; /* for each that there is */
    uint32_t held, loop; /* for each byte that is held at once, see build_live.c; for each loop */
    uint32_t passed;     /* for each parameter and result of a function that only passes them on */
    uint32_t runtime, vectors; /* the runtime's functions below the last of ours; those on v128 */
} Weights;

/* Without optimisation every intermediate value has a place of its own. With it, values share
   registers and places; but one that is held may be there in several forms, such as its bytes
   before they are put together, and loops have more of them, computed ahead, unrolled or in
   vectors. Fitted to the frames that rustc 1.95 made on x86-64, thumbv7m and riscv32imac at
   opt-levels 0, s and 3, of C programs and of functions made to have large ones
   (tests/embedded/stack): docs/internals.md. */
static const Weights weights[HK_BUILDS] = {
    [HK_UNOPTIMIZED] = {.base = 96,
                        .local = 8,
                        .var = 16,
                        .check = 64,
                        .call = 48,
                        .argument = 48,
                        .result = 32,
                        .op = 8,
                        .vector = 24,
                        .passed = 48,
                        .runtime = 1024,
                        .vectors = 4096},
    [HK_OPTIMIZED] = {.base = 48,
                      .held = 6,
                      .loop = 48,
                      .vector = 3,
                      .passed = 8,
                      .runtime = 256,
                      .vectors = 256},
};

void hk_estimate_frame(const HkTree *tree, uint32_t frame[HK_BUILDS])
{
    for (int i = 0; i < HK_BUILDS; i++) {
        const Weights *w = &weights[i];
        frame[i] = w->base + w->local * tree->used_local_count + w->var * tree->var_count +
                   w->check * tree->checks + w->call * tree->calls + w->argument * tree->arguments +
                   w->result * tree->call_results + w->op * tree->operators + w->held * tree->held +
                   w->loop * tree->loops + w->vector * tree->vectors;
    }
}

/* A function that only passes its parameters on: a dispatch, an import, an export's method. */
static uint32_t pass_frame(const HkModule *m, const HkFuncType *type, int build)
{
    const Weights *w = &weights[build];

    return w->base + w->call +
           w->passed * (type->param_count + type->result_count + m->lent_table_count);
}

static uint32_t frame_of(const HkModule *m, uint32_t node, int build)
{
    if (node >= m->func_count)
        return pass_frame(m, &m->types[node - m->func_count], build);
    if (m->funcs[node].imported)
        return pass_frame(m, hk_func_type(m, node), build);
    return m->funcs[node].frame[build];
}

/* ---- paths ---- */

uint32_t hk_max_stack(const HkModule *m)
{
    return m->options->max_stack ? m->options->max_stack : HERKOS_DEFAULT_STACK;
}

static uint32_t add(uint32_t a, uint32_t b)
{
    return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

/* The deepest of what the nodes order[first .. end], which call each other, call besides. */
static uint32_t below(const HkCallGraph *calls, const uint32_t *bounds, uint32_t first,
                      uint32_t end)
{
    uint32_t most = 0;

    for (uint32_t i = first; i < end; i++) {
        uint32_t node = calls->order[i];
        for (size_t e = calls->starts[node]; e < calls->starts[node + 1]; e++) {
            uint32_t to = calls->edges[e];
            if (calls->component[to] != calls->component[node] && bounds[to] > most)
                most = bounds[to];
        }
    }
    return most;
}

/* Callees first, so that what a node calls has its bound before it. */
static uint32_t *bound_paths(HkModule *m, int build)
{
    const HkCallGraph *calls = &m->calls;
    uint32_t *bounds = HK_NEW_ARRAY(&m->ctx->arena, calls->count, uint32_t);
    uint32_t end;

    for (uint32_t first = 0; first < calls->count; first = end) {
        uint32_t node = calls->order[first];
        for (end = first + 1; end < calls->count; end++)
            if (calls->component[calls->order[end]] != calls->component[node])
                break;
        uint32_t most = below(calls, bounds, first, end);
        for (uint32_t i = first; i < end; i++)
            bounds[calls->order[i]] =
                calls->recursive[node] ? most : add(most, frame_of(m, node, build));
    }
    return bounds;
}

/* Of a call of the function as an export. */
void hk_stack_bounds(HkModule *m)
{
    for (int build = 0; build < HK_BUILDS; build++) {
        uint32_t *bounds = bound_paths(m, build);
        for (uint32_t i = 0; i < m->func_count; i++) {
            uint32_t budget = m->funcs[i].uses & HK_USE_STACK ? hk_max_stack(m) : 0;
            uint32_t method = pass_frame(m, hk_func_type(m, i), build);
            uint32_t runtime = m->has_vectors ? weights[build].vectors : weights[build].runtime;
            bounds[i] = add(add(bounds[i], budget), method + runtime);
        }
        m->stack_bounds[build] = bounds;
    }
}
