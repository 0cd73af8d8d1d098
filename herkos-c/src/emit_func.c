/*
 * emit_func.c: functions. Each WebAssembly function becomes one free function that is passed the
 * state it uses, each call_indirect type a dispatch function with one match arm for each possible
 * callee.
 *
 * The layout is rustfmt's own. Where nesting leaves no room for it the function is marked
 * #[rustfmt::skip].
 */
#include "tree.h"

#include <stdio.h>
#include <string.h>

enum { MAX_DEPTH = 500 }; /* rustc 1.95 was seen to survive 500 and not 700 */

static void emit_body(HkEmitter *e, const HkBody *body);
static void emit_match(HkEmitter *e, const HkStmt *stmt);

/* Text nested deeper than rustfmt has room for keeps to one space a level: indentation would be
 * most of it. */
void hk_begin_line(HkEmitter *e)
{
    if (e->is_deep)
        hk_buf_bytes(e->out, "                    ", e->indent < 20 ? e->indent : 20);
    else
        hk_layout_indent(e->out, e->indent);
}

static void line(HkEmitter *e, const char *text)
{
    hk_begin_line(e);
    hk_buf_text(e->out, text);
    hk_buf_char(e->out, '\n');
}

/* ---- statements ---- */

static bool may_grow(const HkEmitter *e, const HkNode *node)
{
    const HkModule *m = e->m;

    if (node->op == HK_OP_CALL)
        return m->funcs[node->index].uses & HK_USE_GROW;
    if (node->op == HK_OP_CALL_INDIRECT)
        return m->types[node->index].uses & HK_USE_GROW;
    return node->op == HK_OP_MEMORY_GROW && m->memory_grows;
}

static void end_value(HkEmitter *e, const HkNode *node)
{
    if (!hk_emit_wide_call(e, node))
        hk_emit_value(e, node);
    hk_buf_text(e->out, ";\n");
    if (may_grow(e, node) && e->has_slice) {
        /* Without its least length: each time, that costs rustc more than it saves. */
        line(e, "memory = mem.bytes_mut();");
        e->refreshed = true;
    }
}

static void emit_let(HkEmitter *e, const HkStmt *stmt)
{
    const HkNode *node = stmt->node;

    hk_begin_line(e);
    if (stmt->count == 1 && !e->tree->vars[stmt->var].reads && !e->tree->vars[stmt->var].writes) {
        hk_buf_text(e->out, "let _ = ");
    } else if (stmt->count == 1) {
        hk_buf_text(e->out, e->tree->vars[stmt->var].writes ? "let mut " : "let ");
        hk_emit_var(e, stmt->var);
        hk_buf_text(e->out, " = ");
    } else {
        hk_buf_text(e->out, "let (");
        for (uint32_t i = 0; i < stmt->count; i++) {
            if (i)
                hk_buf_text(e->out, ", ");
            hk_emit_var(e, stmt->var + i);
        }
        hk_buf_text(e->out, ") = ");
    }
    if (hk_is_const(node)) {
        hk_emit_typed_value(e, node);
        hk_buf_text(e->out, ";\n");
    } else {
        end_value(e, node);
    }
}

static void emit_declare(HkEmitter *e, const HkStmt *stmt)
{
    for (uint32_t i = 0; i < stmt->count; i++) {
        hk_begin_line(e);
        hk_buf_text(e->out, "let ");
        hk_emit_var(e, stmt->var + i);
        hk_buf_text(e->out, ": ");
        hk_buf_text(e->out, hk_type_rust(e->tree->vars[stmt->var + i].type));
        hk_buf_text(e->out, ";\n");
    }
}

static void emit_set_global(HkEmitter *e, const HkStmt *stmt)
{
    const HkGlobal *g = &e->m->globals[stmt->var];

    hk_begin_line(e);
    if (g->imported) {
        e->printed |= HK_USE_HOST;
        hk_buf_text(e->out, e->m->imports[g->import].setter);
        hk_buf_text(e->out, "(host, ");
        hk_emit_value(e, stmt->node);
        hk_buf_text(e->out, ");\n");
        return;
    }
    e->printed |= HK_USE_GLOBALS;
    hk_buf_text(e->out, "globals.");
    hk_buf_text(e->out, g->ident);
    hk_buf_text(e->out, " = ");
    end_value(e, stmt->node);
}

static void emit_label(HkEmitter *e, const HkLabel *label)
{
    hk_buf_text(e->out, "'b");
    hk_buf_uint(e->out, label->id);
}

static bool is_empty(const HkBody *body)
{
    const HkStmt *stmt = body->first;

    while (stmt && stmt->kind == HK_S_NOP)
        stmt = stmt->next;
    return !stmt;
}

static void put_fuel(HkEmitter *e, uint32_t cost, size_t offset)
{
    hk_begin_line(e);
    size_t start = e->out->length;
    hk_buf_format(e->out, "fuel_consume(fuel, %lu)?", (unsigned long)cost);
    if (e->m->options->trace)
        hk_emit_traced(e, start, offset);
    hk_buf_text(e->out, ";\n");
}

static void put_unreachable(HkEmitter *e, const HkStmt *stmt)
{
    hk_begin_line(e);
    hk_buf_text(e->out, stmt == e->tail ? "" : "return ");
    size_t start = e->out->length;
    hk_buf_text(e->out, "Err(WasmTrap::Unreachable)");
    if (e->m->options->trace)
        hk_emit_traced(e, start, stmt->offset);
    hk_buf_text(e->out, stmt == e->tail ? "\n" : ";\n");
}

static void emit_loop(HkEmitter *e, const HkStmt *stmt)
{
    hk_begin_line(e);
    emit_label(e, stmt->label);
    hk_buf_text(e->out, ": loop {\n");
    e->indent++;
    if (e->m->options->fuel) {
        e->printed |= HK_USE_FUEL;
        put_fuel(e, stmt->cost + 1, stmt->offset);
    }
    emit_body(e, &stmt->body);
    if (stmt->falls)
        line(e, "break;");
    e->indent--;
    line(e, "}");
}

/* `if` after the keyword: condition, then, else; an empty then-part turns the condition round. */
static void emit_if(HkEmitter *e, const HkStmt *stmt)
{
    const HkBody *then = &stmt->body, *otherwise = &stmt->otherwise;
    bool negated = is_empty(then) && !is_empty(otherwise);

    hk_begin_line(e);
    hk_buf_text(e->out, "if ");
    hk_emit_condition(e, stmt->node, negated);
    if (negated) {
        then = otherwise;
        otherwise = &stmt->body;
    }
    if (is_empty(then)) {
        hk_buf_text(e->out, " {}\n");
        return;
    }
    hk_buf_text(e->out, " {\n");
    e->indent++;
    emit_body(e, then);
    e->indent--;
    if (!is_empty(otherwise)) {
        line(e, "} else {");
        e->indent++;
        emit_body(e, otherwise);
        e->indent--;
    }
    line(e, "}");
}

/*
 * `Ok(value)`, or the value's own Result where it is one: `Ok(f()?)` is `f()`. In `a + f()?` the
 * question mark is the operand's.
 */
static void emit_result(HkEmitter *e, HkNode *const *nodes, uint32_t count)
{
    size_t start = e->out->length;

    if (count == 1 && !hk_is_operator(nodes[0]) &&
        (hk_emit_wide_call(e, nodes[0]) || (hk_emit_value(e, nodes[0]), true)) &&
        e->out->text[e->out->length - 1] == '?') {
        e->out->length--;
        return;
    }
    e->out->length = start;
    hk_buf_text(e->out, count == 1 ? "Ok(" : "Ok((");
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            hk_buf_text(e->out, ", ");
        hk_emit_value(e, nodes[i]);
    }
    hk_buf_text(e->out, count == 1 ? ")" : "))");
}

/* An arm that is a lone jump stands on one line, any other in braces. It is never empty: it jumps,
   or holds the code that such a jump went to. */
static void emit_arm_body(HkEmitter *e, const HkBody *body)
{
    const HkStmt *only = body->first;

    if (only->kind == HK_S_SWITCH && !only->next) {
        emit_match(e, only);
        hk_buf_text(e->out, ",\n");
        return;
    }
    if (only->next || (only->kind != HK_S_BREAK && only->kind != HK_S_CONTINUE)) {
        hk_buf_text(e->out, "{\n");
        e->indent++;
        emit_body(e, body);
        e->indent--;
        line(e, "}");
        return;
    }
    hk_buf_text(e->out, only->kind == HK_S_BREAK ? "break " : "continue ");
    emit_label(e, only->label);
    hk_buf_text(e->out, ",\n");
}

static void emit_pattern(HkEmitter *e, const HkArm *arm)
{
    if (!arm->range_count)
        hk_buf_char(e->out, '_');
    for (uint32_t i = 0; i < arm->range_count; i++) {
        if (i)
            hk_buf_text(e->out, " | ");
        hk_buf_uint(e->out, arm->ranges[i].first);
        if (arm->ranges[i].last != arm->ranges[i].first) {
            hk_buf_text(e->out, "..=");
            hk_buf_uint(e->out, arm->ranges[i].last);
        }
    }
    hk_buf_text(e->out, " => ");
}

static void emit_match(HkEmitter *e, const HkStmt *stmt)
{
    hk_buf_text(e->out, "match ");
    hk_emit_typed_value(e, stmt->node);
    hk_buf_text(e->out, " {\n");
    e->indent++;
    for (uint32_t i = 0; i < stmt->arm_count; i++) {
        hk_begin_line(e);
        emit_pattern(e, &stmt->arms[i]);
        emit_arm_body(e, &stmt->arms[i].body);
    }
    e->indent--;
    hk_begin_line(e);
    hk_buf_char(e->out, '}');
}

static bool is_silent(const HkEmitter *e, const HkStmt *stmt)
{
    switch (stmt->kind) {
    case HK_S_NOP:
    case HK_S_DECLARE:
    case HK_S_BLOCK: return true;
    case HK_S_DO:
        return (stmt->node->op == HK_OP_DATA_DROP && !e->m->data[stmt->node->index].droppable) ||
               (stmt->node->op == HK_OP_ELEM_DROP && !e->m->elems[stmt->node->index].droppable);
    default: return false;
    }
}

static void emit_stmt(HkEmitter *e, const HkStmt *stmt)
{
    if (!is_silent(e, stmt))
        hk_note_stmt(e, stmt);
    switch (stmt->kind) {
    case HK_S_NOP: break;
    case HK_S_LET: emit_let(e, stmt); break;
    case HK_S_DECLARE: emit_declare(e, stmt); break;
    case HK_S_SET:
        hk_begin_line(e);
        hk_emit_var(e, stmt->var);
        hk_buf_text(e->out, " = ");
        end_value(e, stmt->node);
        break;
    case HK_S_LOCAL:
        hk_begin_line(e);
        hk_emit_local(e, stmt->var);
        hk_buf_text(e->out, " = ");
        end_value(e, stmt->node);
        break;
    case HK_S_GLOBAL: emit_set_global(e, stmt); break;
    case HK_S_DO:
        if (is_silent(e, stmt))
            break;
        hk_begin_line(e);
        if (stmt->node->type != HK_ANY)
            hk_buf_text(e->out, "let _ = ");
        end_value(e, stmt->node);
        break;
    case HK_S_BLOCK:
        hk_begin_line(e);
        emit_label(e, stmt->label);
        hk_buf_text(e->out, ": {\n");
        e->indent++;
        emit_body(e, &stmt->body);
        e->indent--;
        line(e, "}");
        break;
    case HK_S_LOOP: emit_loop(e, stmt); break;
    case HK_S_IF: emit_if(e, stmt); break;
    case HK_S_SWITCH:
        hk_begin_line(e);
        emit_match(e, stmt);
        hk_buf_char(e->out, '\n');
        break;
    case HK_S_BREAK:
    case HK_S_CONTINUE:
        hk_begin_line(e);
        hk_buf_text(e->out, stmt->kind == HK_S_BREAK ? "break " : "continue ");
        emit_label(e, stmt->label);
        hk_buf_text(e->out, ";\n");
        break;
    case HK_S_RETURN:
        hk_begin_line(e);
        hk_buf_text(e->out, stmt == e->tail ? "" : "return ");
        emit_result(e, stmt->nodes, stmt->count);
        hk_buf_text(e->out, stmt == e->tail ? "\n" : ";\n");
        break;
    case HK_S_TRAP: put_unreachable(e, stmt); break;
    }
}

static void emit_body(HkEmitter *e, const HkBody *body)
{
    for (const HkStmt *stmt = body->first; stmt; stmt = stmt->next)
        emit_stmt(e, stmt);
}

/* ---- signatures ---- */

void hk_emit_result_type(HkBuf *out, const HkFuncType *type)
{
    hk_buf_text(out, "Result<");
    if (type->result_count != 1)
        hk_buf_char(out, '(');
    for (uint32_t i = 0; i < type->result_count; i++) {
        if (i)
            hk_buf_text(out, ", ");
        hk_buf_text(out, hk_type_rust(type->results[i]));
    }
    hk_buf_text(out, type->result_count != 1 ? "), WasmTrap>" : ", WasmTrap>");
}

/* `fn name<H: Bound>(`, H only where an import is reachable. */
void hk_emit_head(const HkModule *m, HkBuf *line_buf, const char *name, uint32_t uses)
{
    hk_buf_text(line_buf, "fn ");
    hk_buf_text(line_buf, name);
    if (uses & HK_USE_HOST) {
        hk_buf_text(line_buf, "<H: ");
        hk_buf_text(line_buf, m->host_bound);
        hk_buf_char(line_buf, '>');
    }
    hk_buf_text(line_buf, "(");
}

static void emit_head(HkEmitter *e, const HkFunc *f)
{
    const HkFuncType *type = &e->m->types[f->type];
    HkBuf *text = &e->m->line;

    text->length = 0;
    hk_buf_text(text, e->in_part ? "pub(super) " : "");
    hk_emit_head(e->m, text, f->ident, f->uses);
    if (f->uses || type->param_count)
        hk_buf_char(text, '\1');
    const char *before = hk_emit_params(text, e->m, f->uses, e->printed);
    for (uint32_t i = 0; i < type->param_count; i++, before = ",\1 ") {
        const HkLocalUse *use = &e->tree->uses[i];
        hk_buf_text(text, before);
        hk_buf_text(text, use->writes ? "mut " : "");
        hk_buf_text(text, use->reads ? "l" : "_l");
        hk_buf_uint(text, i);
        hk_buf_text(text, ": ");
        hk_buf_text(text, hk_type_rust(type->params[i]));
    }
    hk_emit_trace_param(text, f->uses, e->printed, before);
    if (f->uses || type->param_count)
        hk_buf_char(text, '\1');
    hk_buf_text(text, ") -> ");
    hk_emit_result_type(text, type);
    hk_buf_text(text, " {");
    hk_layout_list(e->out, text->text, 0);
}

static void emit_locals(HkEmitter *e, uint32_t param_count)
{
    const HkTree *tree = e->tree;

    for (uint32_t i = 0; i < tree->used_local_count; i++) {
        uint32_t local = tree->used_locals[i];
        if (local < param_count || (!tree->uses[local].reads && !tree->uses[local].writes))
            continue;
        uint8_t type = hk_local_type(&tree->locals, local);
        hk_begin_line(e);
        hk_buf_text(e->out, tree->uses[local].writes ? "let mut " : "let ");
        hk_emit_local(e, local);
        hk_buf_format(e->out, ": %s = %s;\n", hk_type_rust(type), hk_type_zero(type));
    }
}

/* A recursive function passes no stack on if all of its calls are unreachable. */
static void emit_entry(HkEmitter *e, const HkFunc *f, bool passes_stack)
{
    bool has_memory = e->printed & HK_USE_ALL_MEMORY;
    if ((f->uses & HK_USE_GROW) && e->has_slice) {
        hk_begin_line(e);
        hk_buf_format(e->out, "let %smemory = %s;\n", e->refreshed ? "mut " : "",
                      e->knows_least ? "memory_at_least_mut::<MIN_MEMORY_BYTES>(mem.bytes_mut())?"
                                     : "mem.bytes_mut()");
    } else if (has_memory && e->knows_least) {
        hk_begin_line(e);
        hk_buf_format(e->out, "let memory = memory_at_least%s::<MIN_MEMORY_BYTES>(memory)?;\n",
                      f->uses & HK_USE_MEMORY_MUT ? "_mut" : "");
    }
    if (f->recursive) {
        /* The same budget in every build: the depth is part of what a module does. */
        const uint32_t *frame = f->frame;
        uint32_t most = frame[HK_OPTIMIZED] > frame[HK_UNOPTIMIZED] ? frame[HK_OPTIMIZED]
                                                                    : frame[HK_UNOPTIMIZED];
        hk_begin_line(e);
        hk_buf_text(e->out, passes_stack ? "let stack = " : "");
        size_t start = e->out->length;
        hk_buf_format(e->out, "stack_enter(stack, %lu)?", (unsigned long)most);
        if (e->m->options->trace)
            hk_emit_traced(e, start, f->body);
        hk_buf_text(e->out, ";\n");
    }
    if (e->m->options->fuel)
        put_fuel(e, e->tree->cost, f->body);
}

static uint32_t depth_of(const HkBody *body);

static uint32_t depth_of_stmt(const HkStmt *stmt)
{
    uint32_t depth = 0, inner;

    for (uint32_t i = 0; i < stmt->arm_count; i++) {
        inner = depth_of(&stmt->arms[i].body) + 1;
        depth = inner > depth ? inner : depth;
    }
    inner = depth_of(&stmt->body);
    depth = inner > depth ? inner : depth;
    inner = depth_of(&stmt->otherwise);
    return inner > depth ? inner : depth;
}

/* Levels of indentation that the body needs. */
static uint32_t depth_of(const HkBody *body)
{
    uint32_t depth = 0;

    for (const HkStmt *stmt = body->first; stmt; stmt = stmt->next) {
        uint32_t inner = depth_of_stmt(stmt);
        depth = inner > depth ? inner : depth;
    }
    return body->first ? depth + 1 : 0;
}

/* The body is printed before the head, which depends on what the body turned out to use. */
static void emit_text(HkEmitter *e, const HkFunc *f)
{
    HkBuf *out = e->out;

    e->printed = e->m->options->fuel ? HK_USE_FUEL : 0;
    e->out = &e->m->body;
    e->out->length = 0;
    e->indent = 1;
    e->refreshed = false;
    e->line = NULL;
    e->m->mark_count = e->first_mark;
    e->tail = e->tree->falls ? NULL : e->tree->body.last;
    emit_locals(e, e->m->types[f->type].param_count);
    emit_body(e, &e->tree->body);
    if (e->tree->falls) {
        if (e->m->types[f->type].result_count && !hk_is_atom(e->tree->results[0]))
            hk_note_offset(e, e->tree->results[0]->offset);
        hk_begin_line(e);
        emit_result(e, e->tree->results, e->m->types[f->type].result_count);
        hk_buf_char(e->out, '\n');
    }
    e->out = out;
}

/* Is it worth two comparisons on entry to tell the compiler the least length of the memory? LLVM
 * then drops the checks of constant and masked addresses, and of loops that stay below: of accesses
 * to the program's own data. Those through pointers are checked all the same. */
static bool knows_least(const HkEmitter *e, const HkFunc *f)
{
    enum { LEAST_ACCESSES = 3 };
    const HkModule *m = e->m;

    return m->memory_grows && !m->options->opaque_memory && hk_least_memory(m) &&
           f->data_accesses >= LEAST_ACCESSES;
}

void hk_emit_function(HkEmitter *e, uint32_t index)
{
    HkFunc *f = &e->m->funcs[index];

    hk_estimate_frame(e->tree, f->frame);
    hk_count_accesses(e->m, e->tree);

    uint32_t depth = depth_of(&e->tree->body);
    if (depth > MAX_DEPTH)
        hk_raise(e->m->ctx, HERKOS_PHASE_UNSUPPORTED, f->body,
                 "function %lu: blocks nested more than %d deep are not supported: rustc would "
                 "overflow its stack",
                 (unsigned long)index, MAX_DEPTH);
    e->is_deep = depth > HK_MAX_INDENT;
    e->has_slice = true;
    e->first_mark = e->m->mark_count;
    e->knows_least = knows_least(e, f);
    emit_text(e, f);
    if ((f->uses & HK_USE_GROW) && !(e->printed & (HK_USE_MEMORY | HK_USE_MEMORY_MUT))) {
        e->has_slice = false;
        emit_text(e, f);
    }
    bool passes_stack = e->printed & HK_USE_STACK;
    if (f->recursive)
        e->printed |= HK_USE_STACK;
    if (f->recursive || e->m->options->fuel)
        e->printed |= f->uses & HK_USE_TRACE;
    hk_buf_format(e->out, "\n// func %lu", (unsigned long)index);
    if (f->name)
        hk_buf_format(e->out, ": %s", f->name);
    hk_buf_char(e->out, '\n');
    if (e->tree->unformatted || e->is_deep)
        hk_buf_text(e->out, "#[rustfmt::skip]\n");
    emit_head(e, f);
    emit_entry(e, f, passes_stack);
    hk_place_marks(e->m, e->first_mark, e->out->length);
    hk_buf_bytes(e->out, e->m->body.text, e->m->body.length);
    hk_buf_text(e->out, "}\n");
}
