/*
 * emit_expr.c: trees to Rust expressions, by the templates of opcodes.h.
 *
 * Parentheses stand only where they are needed: redundant ones cost rustc time out of proportion
 * (its unused_parens lint) and make the text hard to read.
 */
#include "tree.h"

#include <string.h>

/* Where an expression stands decides about parentheses and about the type of a literal. */
typedef enum Position {
    ARGUMENT, /* anything goes; the type is known from outside */
    RECEIVER, /* before a dot: only atoms and calls; a literal says its type */
    LEFT,     /* left of an operator: no other operator; a literal says its type */
    RIGHT     /* right of an operator: no other operator */
} Position;

static void emit(HkEmitter *e, const HkNode *node, Position position);

/* ---- literals ---- */

static bool is_negative(const HkNode *node)
{
    return node->type == HK_I32 || node->type == HK_F32 ? (node->value >> 31) & 1
                                                        : node->value >> 63;
}

static void emit_literal(HkEmitter *e, const HkNode *node, Position position)
{
    bool parens = position == RECEIVER && is_negative(node);

    if (parens)
        hk_buf_char(e->out, '(');
    hk_emit_const(e->out, node->type, node->value, position == RECEIVER || position == LEFT);
    if (parens)
        hk_buf_char(e->out, ')');
}

/* ---- names ---- */

void hk_emit_local(HkEmitter *e, uint32_t index)
{
    hk_buf_text(e->out, e->tree->uses[index].reads ? "l" : "_l");
    hk_buf_uint(e->out, index);
}

void hk_emit_var(HkEmitter *e, uint32_t var)
{
    hk_buf_text(e->out, e->tree->vars[var].reads ? "v" : "_v");
    hk_buf_uint(e->out, var);
}

static void emit_global(HkEmitter *e, uint32_t index)
{
    const HkGlobal *g = &e->m->globals[index];

    switch (hk_global_place(g)) {
    case HK_GLOBAL_HOST:
        e->printed |= HK_USE_HOST;
        hk_buf_text(e->out, e->m->imports[g->import].path);
        hk_buf_text(e->out, "(host)");
        break;
    case HK_GLOBAL_STORED:
        e->printed |= HK_USE_GLOBALS;
        hk_buf_text(e->out, "globals.");
        hk_buf_text(e->out, g->ident);
        break;
    case HK_GLOBAL_CONSTANT:
        hk_buf_text(e->out, "GLOBAL_");
        hk_buf_uint(e->out, index);
        break;
    }
}

/* ---- calls ---- */

static uint32_t callee_uses(const HkModule *m, const HkNode *node)
{
    return node->op == HK_OP_CALL ? m->funcs[node->index].uses : m->types[node->index].uses;
}

/* `marked` for layout.c if it may have to be broken. */
static void emit_call(HkEmitter *e, const HkNode *node, bool marked)
{
    uint32_t uses = callee_uses(e->m, node);
    const char *next = marked ? ",\1 " : ", ";

    if (node->op == HK_OP_CALL)
        hk_buf_text(e->out, e->m->funcs[node->index].ident);
    else
        hk_buf_text(e->out, hk_dispatch_ident(e->m, node->table, node->index));
    hk_buf_char(e->out, '(');
    e->printed |= uses & HK_USE_GROW ? uses & ~(uint32_t)(HK_USE_MEMORY | HK_USE_MEMORY_MUT) : uses;
    const char *before = hk_emit_state(e->out, uses, HK_SLICE, marked ? "\1" : "", next);
    for (uint32_t i = 0; i < node->count; i++) {
        hk_buf_text(e->out, before);
        emit(e, node->kids[i], ARGUMENT);
        before = next;
    }
    if (uses & HK_USE_TRACE) {
        e->printed |= HK_USE_TRACE;
        hk_buf_text(e->out, before);
        hk_buf_text(e->out, "trace");
    }
    hk_buf_text(e->out, marked && (uses || node->count) ? "\1)?" : ")?");
}

static void emit_traced_call(HkEmitter *e, const HkNode *node)
{
    size_t start = e->out->length;

    emit_call(e, node, false);
    if (hk_leaves_trace(e->m, node))
        hk_emit_traced(e, start, node->offset);
}

/* The call, which is too wide where it stands: below the `=`, or on several lines. */
static void put_wide_traced_call(HkEmitter *e, const HkNode *node, HkBuf *text)
{
    HkBuf *out = e->out;
    size_t start = out->length;

    if (out->text[start - 2] == '=') {
        out->text[start - 1] = '\n';
        hk_layout_indent(out, e->indent + 1);
        size_t at = out->length;
        emit_traced_call(e, node);
        if (out->length - at <= HK_CALL_WIDTH + 5 && /* all but the arguments: `at()?` */
            4 * ((size_t)e->indent + 1) + (out->length - at) < HK_LINE)
            return;
        out->length = start;
        out->text[start - 1] = ' ';
    }
    hk_emit_traced_lines(e, text, node->offset);
}

/* A call as the last part of a statement, which may take several lines. False if the tree is no
 * call. */
bool hk_emit_wide_call(HkEmitter *e, const HkNode *node)
{
    if (node->op != HK_OP_CALL && node->op != HK_OP_CALL_INDIRECT)
        return false;
    if (e->is_deep) {
        emit_traced_call(e, node);
        return true;
    }
    HkBuf *out = e->out, *text = &e->m->line;
    size_t start = out->length, line = start;
    while (line && out->text[line - 1] != '\n')
        line--;
    emit_traced_call(e, node);
    bool traced = hk_leaves_trace(e->m, node);
    if (out->length - start <= HK_CALL_WIDTH + (traced ? 5 : 0) && out->length - line < HK_LINE)
        return true; /* short enough, whatever its arguments are */
    out->length = start;
    text->length = 0;
    e->out = text;
    emit_call(e, node, true);
    hk_buf_char(text, ';'); /* has its part of the line */
    e->out = out;
    if (traced) {
        put_wide_traced_call(e, node, text);
        return true;
    }
    hk_layout_value(out, text->text, e->indent);
    out->length--;
    return true;
}

/* ---- operations ---- */

static bool is_bool(const HkNode *node)
{
    return node->op < HK_OP_COUNT && (hk_ops[node->op].flags & HK_IS_BOOL);
}

/* The length of a template's text up to its next placeholder; `^` is an operator too unless a digit
 * follows. */
static size_t template_plain(const char *at)
{
    const char *start = at;

    for (;; at++) {
        at += strcspn(at, "$^~@#");
        if (!*at || *at == '@' || *at == '#' || (at[1] >= '0' && at[1] <= '9'))
            return (size_t)(at - start);
    }
}

bool hk_is_operator(const HkNode *node)
{
    return node->op < HK_OP_COUNT && hk_ops[node->op].rust[0] == '~';
}

static void emit_template(HkEmitter *e, const HkNode *node)
{
    static const Position positions[] = {['$'] = ARGUMENT, ['^'] = RECEIVER, ['~'] = LEFT};
    const char *rust = hk_ops[node->op].rust;

    for (;;) {
        size_t plain = template_plain(rust);
        hk_buf_bytes(e->out, rust, plain);
        rust += plain;
        if (!*rust)
            break;
        if (*rust == '@' || *rust == '#') {
            hk_buf_uint(e->out, *rust == '@' ? node->value : node->index);
            rust++;
            continue;
        }
        unsigned operand = (unsigned)(rust[1] - '0');
        Position position = positions[(unsigned char)*rust];
        emit(e, node->kids[operand], position == LEFT && operand ? RIGHT : position);
        rust += 2;
    }
    if (hk_ops[node->op].flags & (HK_E_MEMORY_R | HK_E_MEMORY_W))
        e->printed |= HK_USE_MEMORY;
}

static void emit_select(HkEmitter *e, const HkNode *node)
{
    hk_buf_text(e->out, "select(");
    hk_emit_typed_value(e, node->kids[0]);
    hk_buf_text(e->out, ", ");
    emit(e, node->kids[1], ARGUMENT);
    hk_buf_text(e->out, ", ");
    hk_emit_condition(e, node->kids[2], false);
    hk_buf_char(e->out, ')');
}

/* In pages. A memory with a cap below its initial size still counts the pages that it asked for. */
static void emit_memory_size(HkEmitter *e)
{
    const HkModule *m = e->m;

    if (m->memory_capped) {
        hk_buf_uint(e->out, m->memory.min);
        return;
    }
    e->printed |= HK_USE_MEMORY;
    hk_buf_text(e->out,
                m->page_size == HK_PAGE_SIZE ? "memory_size(memory)" : "memory_size_bytes(memory)");
}

static void emit_memory_grow(HkEmitter *e, const HkNode *node)
{
    const HkModule *m = e->m;
    bool pays = m->memory_grows && m->options->fuel;

    if (m->memory_grows) {
        e->printed |= HK_USE_GROW;
        hk_buf_text(e->out, m->page_size == HK_PAGE_SIZE ? "memory_grow" : "memory_grow_bytes");
        hk_buf_text(e->out, pays ? "_fueled(mem, fuel" : "(mem");
    } else {
        hk_buf_text(e->out, "memory_grow_fixed(");
        emit_memory_size(e);
    }
    hk_buf_text(e->out, ", ");
    emit(e, node->kids[0], ARGUMENT);
    hk_buf_text(e->out, pays ? ")?" : ")");
}

/* A segment that a data.drop may have emptied is asked for its flag; an active one is empty since
 * instantiation. */
static void emit_data(HkEmitter *e, uint32_t index)
{
    const HkData *data = &e->m->data[index];

    if (!data->passive) {
        hk_buf_text(e->out, ", &[]");
    } else if (data->droppable) {
        e->printed |= HK_USE_DROPPED;
        hk_buf_format(e->out, ", dropped.data.get(%lu, DATA_%lu)", (unsigned long)index,
                      (unsigned long)index);
    } else {
        hk_buf_format(e->out, ", DATA_%lu", (unsigned long)index);
    }
}

/* memory.copy, memory.fill, memory.init. */
static void emit_memory_bulk(HkEmitter *e, const HkNode *node, const char *name)
{
    e->printed |= HK_USE_MEMORY;
    hk_buf_text(e->out, name);
    hk_buf_text(e->out, e->m->options->fuel ? "_fueled(memory, fuel" : "(memory");
    if (node->op == HK_OP_MEMORY_INIT)
        emit_data(e, node->index);
    for (uint32_t i = 0; i < 3; i++) {
        hk_buf_text(e->out, ", ");
        emit(e, node->kids[i], ARGUMENT);
    }
    hk_buf_text(e->out, ")?");
}

/* An element segment as an argument, like a data segment of memory.init. */
static void emit_segment(HkEmitter *e, uint32_t index)
{
    const HkElem *elem = &e->m->elems[index];

    if (elem->mode != HK_ELEM_PASSIVE) {
        hk_buf_text(e->out, ", &[]");
    } else if (elem->droppable) {
        e->printed |= HK_USE_DROPPED;
        hk_buf_format(e->out, ", dropped.elems.get(%lu, ELEM_%lu)", (unsigned long)index,
                      (unsigned long)index);
    } else {
        hk_buf_format(e->out, ", ELEM_%lu", (unsigned long)index);
    }
}

/* table_fill(&mut tables.table_0, ...)? and its kin; between two tables a copy is an init from the
 * other's entries. */
static void emit_table_operation(HkEmitter *e, const HkNode *node)
{
    const HkModule *m = e->m;
    bool reads = node->op == HK_OP_TABLE_GET || node->op == HK_OP_TABLE_SIZE;
    bool copies = node->op == HK_OP_TABLE_COPY &&
                  !hk_is_same_table(&m->tables[node->index], &m->tables[node->table]);
    const char *name = copies ? "table.init" : hk_ops[node->op].text;
    uint32_t table = node->op == HK_OP_TABLE_INIT ? node->table : node->index;
    bool pays = m->options->fuel && !reads && node->op != HK_OP_TABLE_SET;

    e->printed |= hk_table_use(&m->tables[table]);
    for (; *name; name++)
        hk_buf_char(e->out, *name == '.' ? '_' : *name);
    hk_buf_text(e->out, pays ? "_fueled(" : "(");
    hk_emit_table(e->out, m, table, reads ? "&tables." : "&mut tables.");
    hk_buf_text(e->out, pays ? ", fuel" : "");
    if (copies) {
        e->printed |= hk_table_use(&m->tables[node->table]);
        hk_buf_text(e->out, ", ");
        hk_emit_table(e->out, m, node->table, "tables.");
        hk_buf_text(e->out, ".entries()");
    }
    if (node->op == HK_OP_TABLE_INIT)
        emit_segment(e, node->index);
    for (uint32_t i = 0; i < node->count; i++) {
        hk_buf_text(e->out, ", ");
        emit(e, node->kids[i], ARGUMENT);
    }
    hk_buf_text(e->out, pays || (hk_ops[node->op].flags & HK_E_TRAP) ? ")?" : ")");
}

static void emit_shuffle(HkEmitter *e, const HkNode *node)
{
    hk_buf_text(e->out, "i8x16_shuffle(");
    emit(e, node->kids[0], ARGUMENT);
    hk_buf_text(e->out, ", ");
    emit(e, node->kids[1], ARGUMENT);
    hk_buf_text(e->out, ", ");
    hk_buf_text(e->out, hk_lanes_ident(e->m, node->value));
    hk_buf_char(e->out, ')');
}

static void emit_operation(HkEmitter *e, const HkNode *node)
{
    switch (node->op) {
    case HK_OP_VAR: hk_emit_var(e, node->index); break;
    case HK_OP_LOCAL_GET: hk_emit_local(e, node->index); break;
    case HK_OP_GLOBAL_GET: emit_global(e, node->index); break;
    case HK_OP_CALL:
    case HK_OP_CALL_INDIRECT: emit_call(e, node, false); break;
    case HK_OP_SELECT: emit_select(e, node); break;
    case HK_OP_V128_CONST: hk_emit_vector(e->out, e->m, node->value); break;
    case HK_OP_I8X16_SHUFFLE: emit_shuffle(e, node); break;
    case HK_OP_MEMORY_COPY: emit_memory_bulk(e, node, "memory_copy"); break;
    case HK_OP_MEMORY_FILL: emit_memory_bulk(e, node, "memory_fill"); break;
    case HK_OP_MEMORY_INIT: emit_memory_bulk(e, node, "memory_init"); break;
    case HK_OP_DATA_DROP:
        if (e->m->data[node->index].droppable) {
            e->printed |= HK_USE_DROPPED;
            hk_buf_format(e->out, "dropped.data.drop(%lu)", (unsigned long)node->index);
        }
        break;
    case HK_OP_ELEM_DROP:
        if (e->m->elems[node->index].droppable) {
            e->printed |= HK_USE_DROPPED;
            hk_buf_format(e->out, "dropped.elems.drop(%lu)", (unsigned long)node->index);
        }
        break;
    case HK_OP_REF_NULL: hk_buf_text(e->out, hk_type_zero(node->type)); break;
    case HK_OP_REF_FUNC:
        hk_emit_init(e->out, e->m, &(HkInit){.kind = HK_INIT_FUNC, .value = node->index});
        break;
    case HK_OP_TABLE_GET:
    case HK_OP_TABLE_SET:
    case HK_OP_TABLE_SIZE:
    case HK_OP_TABLE_GROW:
    case HK_OP_TABLE_FILL:
    case HK_OP_TABLE_COPY:
    case HK_OP_TABLE_INIT: emit_table_operation(e, node); break;
    case HK_OP_MEMORY_SIZE: emit_memory_size(e); break;
    case HK_OP_MEMORY_GROW: emit_memory_grow(e, node); break;
    default: emit_template(e, node);
    }
}

/* `tri!(access)`, or `at(access, trace, 0x1a4)?`. */
static void emit_access(HkEmitter *e, const HkNode *node)
{
    size_t start = e->out->length;

    if (e->m->options->trace) {
        emit_template(e, node);
        hk_buf_char(e->out, '?');
        hk_emit_traced(e, start, node->offset);
    } else {
        hk_buf_text(e->out, HK_TRI "(");
        emit_template(e, node);
        hk_buf_char(e->out, ')');
    }
}

static void emit_traced_operation(HkEmitter *e, const HkNode *node)
{
    size_t start = e->out->length;

    if (hk_is_access(node->op)) {
        emit_access(e, node);
        return;
    }
    emit_operation(e, node);
    if (hk_leaves_trace(e->m, node))
        hk_emit_traced(e, start, node->offset);
}

/* `f32x4_canonical(` and its kin. */
static void emit_nan_function(HkEmitter *e, const HkNode *node, const char *name)
{
    hk_buf_bytes(e->out, hk_ops[node->op].text, hk_nan_prefix(node->op));
    hk_buf_text(e->out, name);
}

static void emit(HkEmitter *e, const HkNode *node, Position position)
{
    if (hk_is_const(node)) {
        emit_literal(e, node, position);
        return;
    }
    bool canonical = node->op < HK_OP_COUNT && e->m->options->canonical_nan &&
                     (hk_ops[node->op].flags & HK_IS_NAN);
    bool quiet = !canonical && node->quiets;
    bool parens =
        position != ARGUMENT && hk_is_operator(node) && !is_bool(node) && !canonical && !quiet;
    if (is_bool(node))
        hk_buf_text(e->out, "i32::from(");
    else if (canonical)
        emit_nan_function(e, node, "_canonical(");
    else if (quiet)
        emit_nan_function(e, node, "_quiet(");
    else if (parens)
        hk_buf_char(e->out, '(');
    if (node->op == HK_OP_I32_EQZ || node->op == HK_OP_I64_EQZ)
        hk_emit_condition(e, node, false);
    else
        emit_traced_operation(e, node);
    if (is_bool(node) || canonical || quiet || parens)
        hk_buf_char(e->out, ')');
}

void hk_emit_value(HkEmitter *e, const HkNode *node)
{
    emit(e, node, ARGUMENT);
}

void hk_emit_typed_value(HkEmitter *e, const HkNode *node)
{
    if (hk_is_const(node))
        hk_emit_const(e->out, node->type, node->value, true);
    else
        emit(e, node, ARGUMENT);
}

/* ---- conditions ---- */

/* The comparison that holds exactly when `op` does not; floats have none, since NaN fails both. */
static uint16_t opposite(uint16_t op)
{
    static const uint16_t pairs[][2] = {
        {HK_OP_I32_EQ, HK_OP_I32_NE},     {HK_OP_I32_LT_S, HK_OP_I32_GE_S},
        {HK_OP_I32_LT_U, HK_OP_I32_GE_U}, {HK_OP_I32_GT_S, HK_OP_I32_LE_S},
        {HK_OP_I32_GT_U, HK_OP_I32_LE_U}, {HK_OP_I64_EQ, HK_OP_I64_NE},
        {HK_OP_I64_LT_S, HK_OP_I64_GE_S}, {HK_OP_I64_LT_U, HK_OP_I64_GE_U},
        {HK_OP_I64_GT_S, HK_OP_I64_LE_S}, {HK_OP_I64_GT_U, HK_OP_I64_LE_U},
        {HK_OP_F32_EQ, HK_OP_F32_NE},     {HK_OP_F64_EQ, HK_OP_F64_NE},
    };

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (pairs[i][0] == op)
            return pairs[i][1];
        if (pairs[i][1] == op)
            return pairs[i][0];
    }
    return HK_OP_COUNT;
}

static void emit_nonzero(HkEmitter *e, const HkNode *node, bool negated)
{
    emit(e, node, LEFT);
    hk_buf_text(e->out, negated ? " == 0" : " != 0");
}

void hk_emit_condition(HkEmitter *e, const HkNode *node, bool negated)
{
    while (node->op == HK_OP_I32_EQZ && is_bool(node->kids[0])) {
        node = node->kids[0];
        negated = !negated;
    }
    if (node->op == HK_OP_I32_EQZ || node->op == HK_OP_I64_EQZ) {
        emit_nonzero(e, node->kids[0], !negated);
    } else if (!is_bool(node)) {
        emit_nonzero(e, node, negated);
    } else if (!negated) {
        emit_operation(e, node);
    } else if (opposite(node->op) != HK_OP_COUNT) {
        HkNode other = *node;
        other.op = opposite(node->op);
        emit_operation(e, &other);
    } else {
        hk_buf_text(e->out, hk_is_operator(node) ? "!(" : "!");
        emit_operation(e, node);
        hk_buf_text(e->out, hk_is_operator(node) ? ")" : "");
    }
}
