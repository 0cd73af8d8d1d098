/*
 * validate.c: function bodies (WebAssembly specification, section 3.3 and the algorithm of appendix
 * A.3).
 *
 * One pass with a stack of operand types and a stack of control frames. After an unconditional
 * branch the rest of the frame is unreachable: operands may then be popped from nowhere, with type
 * HK_ANY.
 */
#include "hk.h"

enum { MAX_OPERANDS = 100000, MAX_NESTING = 4000 };

typedef struct Frame {
    uint16_t op;
    bool unreachable;
    uint32_t height; /* of the operand stack at its start */
    HkBlockType type;
} Frame;

typedef struct Validator {
    HkModule *m;
    HkReader r;
    HkLocals locals;
    HkInstr instr;
    uint8_t *operands;
    Frame *frames;
    uint32_t operand_count, frame_count;
} Validator;

#define FAIL(v, ...) hk_raise((v)->m->ctx, HERKOS_PHASE_VALIDATE, (v)->instr.offset, __VA_ARGS__)
#define OP_TEXT(v)   hk_ops[(v)->instr.op].text

static Frame *top(Validator *v)
{
    return &v->frames[v->frame_count - 1];
}

static void push(Validator *v, uint8_t type)
{
    if (v->operand_count == MAX_OPERANDS)
        hk_raise(v->m->ctx, HERKOS_PHASE_UNSUPPORTED, v->instr.offset,
                 "more than %d operands on the stack are not supported", MAX_OPERANDS);
    v->operands[v->operand_count++] = type;
}

static uint8_t pop_any(Validator *v)
{
    if (v->operand_count > top(v)->height)
        return v->operands[--v->operand_count];
    if (!top(v)->unreachable)
        FAIL(v, "type mismatch: expected a value, found nothing [%s]", OP_TEXT(v));
    return HK_ANY;
}

static uint8_t pop(Validator *v, uint8_t expected)
{
    if (v->operand_count == top(v)->height && !top(v)->unreachable)
        FAIL(v, "type mismatch: expected %s, found nothing [%s]", hk_type_name(expected),
             OP_TEXT(v));
    uint8_t found = pop_any(v);
    if (found != expected && found != HK_ANY && expected != HK_ANY)
        FAIL(v, "type mismatch: expected %s, found %s [%s]", hk_type_name(expected),
             hk_type_name(found), OP_TEXT(v));
    return found == HK_ANY ? expected : found;
}

static void push_all(Validator *v, const uint8_t *types, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        push(v, types[i]);
}

static void pop_all(Validator *v, const uint8_t *types, uint32_t count)
{
    while (count)
        pop(v, types[--count]);
}

static void push_frame(Validator *v, uint16_t op, HkBlockType type)
{
    if (v->frame_count == MAX_NESTING)
        hk_raise(v->m->ctx, HERKOS_PHASE_UNSUPPORTED, v->instr.offset,
                 "blocks nested more than %d deep are not supported", MAX_NESTING);
    v->frames[v->frame_count++] = (Frame){op, false, v->operand_count, type};
    push_all(v, type.params, type.param_count);
}

/* The frame's results must lie on the stack, and nothing else. */
static Frame pop_frame(Validator *v)
{
    Frame frame = *top(v);

    pop_all(v, hk_block_results(&frame.type), frame.type.result_count);
    if (v->operand_count != frame.height)
        FAIL(v, "type mismatch: the block leaves more than its results on the stack, by %lu [%s]",
             (unsigned long)(v->operand_count - frame.height), OP_TEXT(v));
    v->frame_count--;
    return frame;
}

static void set_unreachable(Validator *v)
{
    v->operand_count = top(v)->height;
    top(v)->unreachable = true;
}

static Frame *label(Validator *v, uint32_t depth)
{
    if (depth >= v->frame_count)
        FAIL(v, "unknown label %lu [%s]", (unsigned long)depth, OP_TEXT(v));
    return &v->frames[v->frame_count - 1 - depth];
}

static uint32_t label_arity(const Frame *frame)
{
    return frame->op == HK_OP_LOOP ? frame->type.param_count : frame->type.result_count;
}

static const uint8_t *label_types(const Frame *frame)
{
    return frame->op == HK_OP_LOOP ? frame->type.params : hk_block_results(&frame->type);
}

static void begin_block(Validator *v)
{
    HkBlockType type;

    if (!hk_block_type(v->m, v->instr.block, &type))
        FAIL(v, "unknown type %lld [%s]", (long long)v->instr.block, OP_TEXT(v));
    if (v->instr.op == HK_OP_IF)
        pop(v, HK_I32);
    pop_all(v, type.params, type.param_count);
    push_frame(v, v->instr.op, type);
}

static void begin_else(Validator *v)
{
    if (top(v)->op != HK_OP_IF)
        FAIL(v, "else without if");
    Frame frame = pop_frame(v);
    push_frame(v, HK_OP_ELSE, frame.type);
}

static void end_block(Validator *v)
{
    Frame frame = pop_frame(v);

    if (frame.op == HK_OP_IF) {
        bool same = frame.type.param_count == frame.type.result_count;
        for (uint32_t i = 0; same && i < frame.type.param_count; i++)
            same = frame.type.params[i] == hk_block_results(&frame.type)[i];
        if (!same)
            FAIL(v, "type mismatch: if without else must leave the values that it takes");
    }
    if (v->frame_count)
        push_all(v, hk_block_results(&frame.type), frame.type.result_count);
}

static void branch_if(Validator *v)
{
    pop(v, HK_I32);
    Frame *target = label(v, v->instr.index);
    pop_all(v, label_types(target), label_arity(target));
    push_all(v, label_types(target), label_arity(target));
}

/* Pops the operands against every target's types without keeping the stronger of two types:
 * appendix A.3. */
static void check_target(Validator *v, const Frame *target, uint32_t arity)
{
    uint32_t have = v->operand_count - top(v)->height;

    if (label_arity(target) != arity)
        FAIL(v, "type mismatch: targets of different arity [br_table]");
    for (uint32_t i = 0; i < arity; i++) {
        uint8_t expected = label_types(target)[arity - 1 - i];
        if (i >= have) {
            if (!top(v)->unreachable)
                FAIL(v, "type mismatch: expected %s, found nothing [br_table]",
                     hk_type_name(expected));
            return;
        }
        uint8_t found = v->operands[v->operand_count - 1 - i];
        if (found != expected && found != HK_ANY)
            FAIL(v, "type mismatch: expected %s, found %s [br_table]", hk_type_name(expected),
                 hk_type_name(found));
    }
}

static void branch_table(Validator *v)
{
    HkReader targets = v->instr.targets;
    uint32_t arity = 0;

    pop(v, HK_I32);
    for (uint32_t i = 0; i <= v->instr.target_count; i++) {
        Frame *target = label(v, hk_read_u32(&targets));
        if (i == 0)
            arity = label_arity(target);
        check_target(v, target, arity);
    }
    set_unreachable(v);
}

static void call(Validator *v, const HkFuncType *type)
{
    pop_all(v, type->params, type->param_count);
    push_all(v, type->results, type->result_count);
}

static uint8_t table_type(Validator *v, uint32_t table)
{
    if (table >= v->m->table_count)
        FAIL(v, "unknown table %lu [%s]", (unsigned long)table, OP_TEXT(v));
    return v->m->tables[table].type;
}

static void call_indirect(Validator *v)
{
    if (table_type(v, v->instr.table) != HK_FUNCREF)
        FAIL(v, "type mismatch: table %lu is not of funcref [call_indirect]",
             (unsigned long)v->instr.table);
    if (v->instr.index >= v->m->type_count)
        FAIL(v, "unknown type %lu [call_indirect]", (unsigned long)v->instr.index);
    pop(v, HK_I32);
    call(v, &v->m->types[v->instr.index]);
}

static bool is_reference(uint8_t type)
{
    return type == HK_FUNCREF || type == HK_EXTERNREF;
}

static void select_values(Validator *v)
{
    pop(v, HK_I32);
    if (v->instr.op == HK_OP_SELECT_T) {
        pop(v, v->instr.type);
        push(v, pop(v, v->instr.type));
        return;
    }
    uint8_t second = pop_any(v);
    uint8_t first = pop_any(v);
    if (is_reference(first) || is_reference(second))
        FAIL(v, "type mismatch: select of references must say its type [select]");
    if (first != second && first != HK_ANY && second != HK_ANY)
        FAIL(v, "type mismatch: select between %s and %s", hk_type_name(first),
             hk_type_name(second));
    push(v, first == HK_ANY ? second : first);
}

static void local(Validator *v)
{
    if (v->instr.index >= v->locals.count)
        FAIL(v, "unknown local %lu [%s]", (unsigned long)v->instr.index, OP_TEXT(v));
    uint8_t type = hk_local_type(&v->locals, v->instr.index);
    if (v->instr.op != HK_OP_LOCAL_GET)
        pop(v, type);
    if (v->instr.op != HK_OP_LOCAL_SET)
        push(v, type);
}

static void global(Validator *v)
{
    if (v->instr.index >= v->m->global_count)
        FAIL(v, "unknown global %lu [%s]", (unsigned long)v->instr.index, OP_TEXT(v));
    const HkGlobal *g = &v->m->globals[v->instr.index];
    if (v->instr.op == HK_OP_GLOBAL_GET) {
        push(v, g->type);
        return;
    }
    if (!g->is_mutable)
        FAIL(v, "global is immutable: global %lu [global.set]", (unsigned long)v->instr.index);
    pop(v, g->type);
}

static void check_lane(Validator *v, uint32_t lane, uint32_t lanes)
{
    if (lane >= lanes)
        FAIL(v, "invalid lane index %lu of %lu [%s]", (unsigned long)lane, (unsigned long)lanes,
             OP_TEXT(v));
}

/* What an instruction with a plain type refers to besides its operands. */
static void check_immediate(Validator *v)
{
    const HkOpInfo *op = &hk_ops[v->instr.op];

    switch (op->immediate) {
    case HK_IMM_MEMARG:
    case HK_IMM_MEMARG_LANE:
        if (!v->m->memory_count)
            FAIL(v, "unknown memory 0 [%s]", OP_TEXT(v));
        if (v->instr.align > op->width)
            FAIL(v, "alignment must not be larger than natural [%s]", OP_TEXT(v));
        if (op->immediate == HK_IMM_MEMARG_LANE)
            check_lane(v, v->instr.index, 16u >> op->width);
        break;
    case HK_IMM_LANE: check_lane(v, v->instr.index, 16u >> op->width); break;
    case HK_IMM_SHUFFLE: /* of two vectors */
        for (uint32_t i = 0; i < 16; i++)
            check_lane(v, v->m->bytes[v->instr.value + i], 32);
        break;
    case HK_IMM_MEMORY:
    case HK_IMM_MEMORY_MEMORY:
    case HK_IMM_DATA_MEMORY:
        if (!v->m->memory_count)
            FAIL(v, "unknown memory 0 [%s]", OP_TEXT(v));
        break;
    default: break;
    }
    if (v->instr.op == HK_OP_MEMORY_INIT || v->instr.op == HK_OP_DATA_DROP) {
        if (!v->m->has_data_count)
            hk_raise(v->m->ctx, HERKOS_PHASE_DECODE, v->instr.offset,
                     "data count section required [%s]", OP_TEXT(v));
        if (v->instr.index >= v->m->declared_data_count)
            FAIL(v, "unknown data segment %lu [%s]", (unsigned long)v->instr.index, OP_TEXT(v));
    }
}

static void test_null(Validator *v)
{
    uint8_t type = pop_any(v);

    if (type != HK_ANY && !is_reference(type))
        FAIL(v, "type mismatch: expected a reference, found %s [ref.is_null]", hk_type_name(type));
    push(v, HK_I32);
}

static void reference_function(Validator *v)
{
    if (v->instr.index >= v->m->func_count)
        FAIL(v, "unknown function %lu [ref.func]", (unsigned long)v->instr.index);
    if (!v->m->funcs[v->instr.index].declared)
        FAIL(v,
             "undeclared function reference: function %lu is in no element segment and not "
             "exported [ref.func]",
             (unsigned long)v->instr.index);
    push(v, HK_FUNCREF);
}

static const HkElem *segment(Validator *v)
{
    if (v->instr.index >= v->m->elem_count)
        FAIL(v, "unknown elem segment %lu [%s]", (unsigned long)v->instr.index, OP_TEXT(v));
    return &v->m->elems[v->instr.index];
}

static void pop_range(Validator *v)
{
    for (int i = 0; i < 3; i++)
        pop(v, HK_I32);
}

static void init_table(Validator *v)
{
    uint8_t type = table_type(v, v->instr.table), found = segment(v)->type;

    if (type != found)
        FAIL(v, "type mismatch: expected %s, found %s [table.init]", hk_type_name(type),
             hk_type_name(found));
    pop_range(v);
}

static void copy_table(Validator *v)
{
    uint8_t to = table_type(v, v->instr.index), from = table_type(v, v->instr.table);

    if (to != from)
        FAIL(v, "type mismatch: expected %s, found %s [table.copy]", hk_type_name(to),
             hk_type_name(from));
    pop_range(v);
}

/* table.get, set, size, grow and fill */
static void table(Validator *v)
{
    uint8_t type = table_type(v, v->instr.index);

    if (v->instr.op == HK_OP_TABLE_FILL || v->instr.op == HK_OP_TABLE_GROW)
        pop(v, HK_I32);
    if (v->instr.op != HK_OP_TABLE_GET && v->instr.op != HK_OP_TABLE_SIZE)
        pop(v, type);
    if (v->instr.op != HK_OP_TABLE_SIZE && v->instr.op != HK_OP_TABLE_GROW)
        pop(v, HK_I32);
    if (v->instr.op == HK_OP_TABLE_GET)
        push(v, type);
    if (v->instr.op == HK_OP_TABLE_SIZE || v->instr.op == HK_OP_TABLE_GROW)
        push(v, HK_I32);
}

/* Instructions whose type stands in the table. */
static void plain(Validator *v)
{
    const char *type = hk_ops[v->instr.op].type;
    const char *colon = type;

    check_immediate(v);
    while (*colon != ':')
        colon++;
    for (const char *p = colon; p > type; p--)
        pop(v, hk_type_of_letter(p[-1]));
    for (const char *p = colon + 1; *p; p++)
        push(v, hk_type_of_letter(*p));
}

static void check_instr(Validator *v)
{
    Frame *target;

    switch (v->instr.op) {
    case HK_OP_UNREACHABLE: set_unreachable(v); break;
    case HK_OP_BLOCK:
    case HK_OP_LOOP:
    case HK_OP_IF: begin_block(v); break;
    case HK_OP_ELSE: begin_else(v); break;
    case HK_OP_END: end_block(v); break;
    case HK_OP_BR:
        target = label(v, v->instr.index);
        pop_all(v, label_types(target), label_arity(target));
        set_unreachable(v);
        break;
    case HK_OP_BR_IF: branch_if(v); break;
    case HK_OP_BR_TABLE: branch_table(v); break;
    case HK_OP_RETURN:
        pop_all(v, hk_block_results(&v->frames[0].type), v->frames[0].type.result_count);
        set_unreachable(v);
        break;
    case HK_OP_CALL:
        if (v->instr.index >= v->m->func_count)
            FAIL(v, "unknown function %lu [call]", (unsigned long)v->instr.index);
        call(v, hk_func_type(v->m, v->instr.index));
        break;
    case HK_OP_CALL_INDIRECT: call_indirect(v); break;
    case HK_OP_DROP: pop_any(v); break;
    case HK_OP_SELECT:
    case HK_OP_SELECT_T: select_values(v); break;
    case HK_OP_LOCAL_GET:
    case HK_OP_LOCAL_SET:
    case HK_OP_LOCAL_TEE: local(v); break;
    case HK_OP_GLOBAL_GET:
    case HK_OP_GLOBAL_SET: global(v); break;
    case HK_OP_REF_NULL: push(v, v->instr.type); break;
    case HK_OP_REF_IS_NULL: test_null(v); break;
    case HK_OP_REF_FUNC: reference_function(v); break;
    case HK_OP_TABLE_INIT: init_table(v); break;
    case HK_OP_TABLE_COPY: copy_table(v); break;
    case HK_OP_ELEM_DROP: segment(v); break;
    case HK_OP_TABLE_GET:
    case HK_OP_TABLE_SET:
    case HK_OP_TABLE_SIZE:
    case HK_OP_TABLE_GROW:
    case HK_OP_TABLE_FILL: table(v); break;
    case HK_OP_MEMORY_GROW:
        v->m->has_grow = true;
        plain(v);
        break;
    default: plain(v);
    }
}

static void check_function(Validator *v, const HkFunc *f)
{
    HkContext *ctx = v->m->ctx;
    const HkFuncType *type = &v->m->types[f->type];

    hk_arena_reset(&ctx->scratch);
    v->r = (HkReader){ctx, v->m->bytes, f->body, f->body_end};
    v->instr.offset = f->body;
    v->operand_count = 0;
    hk_read_locals(v->m, type, &v->r, &v->locals);
    push_frame(v, HK_OP_BLOCK,
               (HkBlockType){.result_count = type->result_count, .results = type->results});
    while (v->frame_count) {
        if (v->r.at == v->r.end)
            hk_raise(ctx, HERKOS_PHASE_DECODE, v->r.at, "unexpected end: END opcode expected");
        hk_read_instr(&v->r, &v->instr);
        check_instr(v);
    }
    if (v->r.at != v->r.end)
        hk_raise(ctx, HERKOS_PHASE_DECODE, v->r.at,
                 "section size mismatch: the body goes on after its end");
}

void hk_validate_functions(HkModule *m)
{
    HkContext *ctx = m->ctx;
    Validator v = {.m = m};

    v.operands = hk_arena_alloc(&ctx->arena, MAX_OPERANDS);
    v.frames = HK_NEW_ARRAY(&ctx->arena, MAX_NESTING, Frame);
    ctx->in_function = true;
    for (uint32_t i = m->imported_funcs; i < m->func_count; i++) {
        ctx->function = i;
        ctx->function_name = m->funcs[i].name;
        check_function(&v, &m->funcs[i]);
    }
    ctx->in_function = false;
}
