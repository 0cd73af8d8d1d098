/*
 * analyse_calls.c: what state each function uses, by itself or through its callees, and which
 * functions recurse.
 *
 * The graph has a node for every function and one for every canonical type: the latter stands for
 * the dispatch of call_indirect on that type, with an edge to each function of the type that is in
 * a table. Strongly connected components (Tarjan's algorithm, without recursion) come out callees
 * first, so one pass closes the uses.
 */
#include "hk.h"

typedef struct Graph {
    HkModule *m;
    HkCallGraph *calls;
    size_t edge_count, edge_capacity;
    uint32_t *uses;
    uint32_t *visit, *low, *stack,
        *path; /* visit: when a node was first seen, from 1; 0: not yet */
    size_t *next;
    bool *on_stack;
    uint32_t stack_count, visited, ordered, components;
} Graph;

static void add_edge(Graph *g, uint32_t to)
{
    HkCallGraph *calls = g->calls;

    calls->edges = hk_grow(g->m->ctx, calls->edges, &g->edge_capacity, g->edge_count + 1,
                           sizeof *calls->edges);
    calls->edges[g->edge_count++] = to;
}

static uint32_t global_uses(const HkModule *m, uint32_t index)
{
    static const uint32_t uses[] = {[HK_GLOBAL_CONSTANT] = 0,
                                    [HK_GLOBAL_STORED] = HK_USE_GLOBALS,
                                    [HK_GLOBAL_HOST] = HK_USE_HOST};

    return uses[hk_global_place(&m->globals[index])];
}

/* Of what may trap and is to note where. */
static uint32_t trace_use(const HkModule *m)
{
    return m->options->trace ? HK_USE_TRACE : 0;
}

/* Imports have no trace: that they trap is noted where they are called. */
static bool notes_trap(const HkModule *m, const HkInstr *instr)
{
    if (instr->op == HK_OP_CALL)
        return m->funcs[instr->index].imported;
    return instr->op == HK_OP_CALL_INDIRECT || (hk_ops[instr->op].flags & HK_E_TRAP);
}

static uint32_t instr_uses(Graph *g, const HkInstr *instr)
{
    HkModule *m = g->m;

    switch (instr->op) {
    case HK_OP_CALL: add_edge(g, instr->index); return 0;
    case HK_OP_CALL_INDIRECT:
        add_edge(g, m->func_count + m->types[instr->index].canonical);
        if (m->tables[instr->table].imported)
            g->uses[m->func_count + m->types[instr->index].canonical] |=
                hk_table_use(&m->tables[instr->table]);
        return 0;
    case HK_OP_GLOBAL_GET:
    case HK_OP_GLOBAL_SET: return global_uses(m, instr->index);
    case HK_OP_MEMORY_SIZE: return m->memory_capped ? 0 : HK_USE_MEMORY;
    case HK_OP_MEMORY_GROW:
        return m->memory_grows ? HK_USE_GROW : m->memory_capped ? 0 : HK_USE_MEMORY;
    case HK_OP_MEMORY_INIT:
        return HK_USE_MEMORY_MUT | (m->data[instr->index].passive ? HK_USE_DROPPED : 0);
    case HK_OP_DATA_DROP: return m->data[instr->index].passive ? HK_USE_DROPPED : 0;
    case HK_OP_ELEM_DROP:
        return m->elems[instr->index].mode == HK_ELEM_PASSIVE ? HK_USE_DROPPED : 0;
    case HK_OP_TABLE_INIT:
        return hk_table_use(&m->tables[instr->table]) |
               (m->elems[instr->index].mode == HK_ELEM_PASSIVE ? HK_USE_DROPPED : 0);
    case HK_OP_TABLE_COPY:
        return hk_table_use(&m->tables[instr->index]) | hk_table_use(&m->tables[instr->table]);
    default: break;
    }
    uint16_t effects = hk_ops[instr->op].flags;
    if (effects & HK_E_TABLE_R)
        return hk_table_use(&m->tables[instr->index]);
    return effects & HK_E_MEMORY_W   ? HK_USE_MEMORY_MUT
           : effects & HK_E_MEMORY_R ? HK_USE_MEMORY
                                     : 0;
}

/* Calls `visit` for each instruction that is not in dead code of the plain kind: behind a branch in
 * its block. */
static void scan(const HkModule *m, const HkFunc *f, void (*visit)(void *, const HkInstr *),
                 void *with)
{
    HkReader r = {m->ctx, m->bytes, f->body, f->body_end};
    HkLocals locals;
    HkInstr instr;
    uint32_t nested = 0;
    bool dead = false;

    hk_arena_reset(&m->ctx->scratch);
    hk_read_locals(m, &m->types[f->type], &r, &locals);
    while (r.at < r.end) {
        hk_read_instr(&r, &instr);
        if (dead) {
            if (hk_ops[instr.op].immediate == HK_IMM_BLOCK)
                nested++;
            else if (instr.op == HK_OP_END && nested)
                nested--;
            else if (!nested)
                dead = instr.op != HK_OP_END && instr.op != HK_OP_ELSE;
            continue;
        }
        visit(with, &instr);
        dead = instr.op == HK_OP_BR || instr.op == HK_OP_BR_TABLE || instr.op == HK_OP_RETURN ||
               instr.op == HK_OP_UNREACHABLE;
    }
}

/* Which tables must be stored, which segments may be dropped, which functions may be called through
 * references. */
static void note_state(HkModule *m, const HkInstr *instr)
{
    switch (instr->op) {
    case HK_OP_DATA_DROP:
        if (m->data[instr->index].passive)
            m->data[instr->index].droppable = m->drops_data = true;
        break;
    case HK_OP_ELEM_DROP:
        if (m->elems[instr->index].mode == HK_ELEM_PASSIVE)
            m->elems[instr->index].droppable = m->drops_elems = true;
        break;
    case HK_OP_TABLE_INIT:
        m->tables[instr->table].is_stored = true;
        m->elems[instr->index].is_used |= m->elems[instr->index].mode == HK_ELEM_PASSIVE;
        break;
    case HK_OP_TABLE_COPY:
        m->tables[instr->index].is_stored = m->tables[instr->table].is_stored = true;
        break;
    case HK_OP_TABLE_GROW:
        m->tables[instr->index].grows = m->tables[instr->index].is_stored = true;
        break;
    case HK_OP_TABLE_GET:
    case HK_OP_TABLE_SET:
    case HK_OP_TABLE_SIZE:
    case HK_OP_TABLE_FILL: m->tables[instr->index].is_stored = true; break;
    case HK_OP_REF_FUNC: m->funcs[instr->index].in_table = true; break;
    default: break;
    }
}

typedef struct Visit {
    Graph *g;
    uint32_t node;
} Visit;

static void visit_uses(void *with, const HkInstr *instr)
{
    Visit *v = with;

    note_state(v->g->m, instr);
    v->g->uses[v->node] |= instr_uses(v->g, instr);
    if (notes_trap(v->g->m, instr))
        v->g->uses[v->node] |= trace_use(v->g->m);
}

/* The host is handed the memory and the tables that this module was lent: it may call others that
 * work on them. WASI has no use for tables. */
static uint32_t imported_uses(HkModule *m, const HkImport *import)
{
    uint32_t lent = HK_USE_LENT * ((UINT32_C(1) << m->lent_table_count) - 1);

    return HK_USE_HOST | (m->memory_count ? HK_USE_MEMORY_MUT : 0) |
           (hk_wasi_has(m, import) ? 0 : lent);
}

static void build_graph(Graph *g)
{
    HkModule *m = g->m;

    for (uint32_t i = 0; i < m->func_count; i++) {
        g->calls->starts[i] = g->edge_count;
        if (m->funcs[i].imported) {
            g->uses[i] = imported_uses(m, &m->imports[m->funcs[i].import]);
            continue;
        }
        g->uses[i] = m->options->fuel ? HK_USE_FUEL | trace_use(m) : 0;
        scan(m, &m->funcs[i], visit_uses, &(Visit){g, i});
    }
}

/* A table needs no storage if its contents never change and are known now, and if its nulls lie in
 * few places: each place is an arm in every dispatch on the table. */
static void find_state(HkModule *m)
{
    enum { MAX_GAPS = 100 };

    for (uint32_t i = 0; i < m->elem_count; i++) {
        const HkElem *elem = &m->elems[i];
        if (elem->mode != HK_ELEM_ACTIVE)
            continue;
        HkTable *table = &m->tables[elem->table];
        table->is_stored |= elem->offset.kind != HK_INIT_CONST;
        table->gaps++;
        for (uint32_t j = 0; j < elem->count; j++)
            if (elem->items[j] == HK_ITEM_NULL)
                table->gaps++;
            else
                table->is_stored |= (elem->items[j] & HK_ITEM_GLOBAL) != 0;
    }
    for (uint32_t i = 0; i < m->table_count; i++) {
        m->tables[i].is_stored |= m->tables[i].exported || m->tables[i].gaps > MAX_GAPS;
        m->stores_tables |= hk_table_place(&m->tables[i]) == HK_TABLE_STORED;
    }
    for (uint32_t i = 0; i < m->elem_count; i++)
        m->elems[i].is_used |= m->elems[i].mode == HK_ELEM_ACTIVE &&
                               hk_table_place(&m->tables[m->elems[i].table]) != HK_TABLE_CONSTANT;
}

/* The edges of the types: functions in tables, grouped by canonical type with a counting sort. */
static void add_type_edges(Graph *g)
{
    HkModule *m = g->m;
    uint32_t *counts = HK_NEW_ARRAY(&m->ctx->arena, (size_t)m->type_count + 1, uint32_t);
    size_t base = g->edge_count;

    for (uint32_t i = 0; i < m->func_count; i++)
        if (m->funcs[i].in_table) {
            counts[m->types[m->funcs[i].type].canonical + 1]++;
            add_edge(g, 0);
        }
    for (uint32_t t = 0; t < m->type_count; t++) {
        counts[t + 1] += counts[t];
        g->calls->starts[m->func_count + t] = base + counts[t];
        g->uses[m->func_count + t] |= m->stores_tables ? HK_USE_TABLES : 0;
    }
    g->calls->starts[g->calls->count] = g->edge_count;
    for (uint32_t i = 0; i < m->func_count; i++)
        if (m->funcs[i].in_table)
            g->calls->edges[base + counts[m->types[m->funcs[i].type].canonical]++] = i;
}

/* A component is complete, its members on top of the stack down to `root`: close its uses, find out
 * if it recurs. */
static void close_component(Graph *g, uint32_t root)
{
    uint32_t first = g->stack_count;
    uint32_t uses = 0;
    bool recursive;

    while (g->stack[--first] != root) {
    }
    recursive = g->stack_count - first > 1;
    for (uint32_t i = first; i < g->stack_count; i++) {
        uint32_t node = g->stack[i];
        uses |= g->uses[node];
        for (size_t e = g->calls->starts[node]; e < g->calls->starts[node + 1]; e++) {
            uses |= g->uses[g->calls->edges[e]];
            recursive |= g->calls->edges[e] == node;
        }
    }
    if (recursive)
        uses |= HK_USE_STACK | trace_use(g->m);
    for (uint32_t i = first; i < g->stack_count; i++) {
        g->uses[g->stack[i]] = uses;
        g->calls->recursive[g->stack[i]] = recursive;
        g->calls->component[g->stack[i]] = g->components;
        g->calls->order[g->ordered++] = g->stack[i];
        g->on_stack[g->stack[i]] = false;
    }
    g->components++;
    g->stack_count = first;
}

static void enter(Graph *g, uint32_t node, uint32_t *depth)
{
    g->visit[node] = g->low[node] = ++g->visited;
    g->next[node] = g->calls->starts[node];
    g->stack[g->stack_count++] = node;
    g->on_stack[node] = true;
    g->path[(*depth)++] = node;
}

static void find_components(Graph *g, uint32_t from)
{
    uint32_t depth = 0;

    enter(g, from, &depth);
    while (depth) {
        uint32_t node = g->path[depth - 1];
        if (g->next[node] < g->calls->starts[node + 1]) {
            uint32_t to = g->calls->edges[g->next[node]++];
            if (!g->visit[to])
                enter(g, to, &depth);
            else if (g->on_stack[to] && g->visit[to] < g->low[node])
                g->low[node] = g->visit[to];
            continue;
        }
        if (g->low[node] == g->visit[node])
            close_component(g, node);
        depth--;
        if (depth && g->low[node] < g->low[g->path[depth - 1]])
            g->low[g->path[depth - 1]] = g->low[node];
    }
}

static void allocate(Graph *g)
{
    HkArena *arena = &g->m->ctx->arena;
    HkCallGraph *calls = g->calls;
    uint32_t count = g->m->func_count + g->m->type_count;

    calls->count = count;
    calls->starts = HK_NEW_ARRAY(arena, (size_t)count + 1, size_t);
    calls->order = HK_NEW_ARRAY(arena, count, uint32_t);
    calls->component = HK_NEW_ARRAY(arena, count, uint32_t);
    calls->recursive = HK_NEW_ARRAY(arena, count, bool);
    g->uses = HK_NEW_ARRAY(arena, count, uint32_t);
    g->visit = HK_NEW_ARRAY(arena, count, uint32_t);
    g->low = HK_NEW_ARRAY(arena, count, uint32_t);
    g->stack = HK_NEW_ARRAY(arena, count, uint32_t);
    g->path = HK_NEW_ARRAY(arena, count, uint32_t);
    g->next = HK_NEW_ARRAY(arena, count, size_t);
    g->on_stack = HK_NEW_ARRAY(arena, count, bool);
}

void hk_analyse_calls(HkModule *m)
{
    Graph g = {.m = m, .calls = &m->calls};

    m->memory_grows = m->memory_imported || m->memory_bytes > m->initial_bytes;
    allocate(&g);
    build_graph(&g);
    find_state(m);
    if (!m->drops_data && !m->drops_elems)
        for (uint32_t i = 0; i < m->func_count; i++)
            g.uses[i] &= ~(uint32_t)HK_USE_DROPPED;
    add_type_edges(&g);
    for (uint32_t i = 0; i < g.calls->count; i++)
        if (!g.visit[i])
            find_components(&g, i);
    for (uint32_t i = 0; i < m->func_count; i++) {
        m->funcs[i].uses = g.uses[i];
        m->funcs[i].recursive = g.calls->recursive[i];
    }
    for (uint32_t i = 0; i < m->type_count; i++)
        m->types[i].uses = g.uses[m->func_count + i];
}
