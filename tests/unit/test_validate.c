/*
 * test_validate.c: validate.c, instructions with a plain type: for every row of opcodes.h a body with the right
 * operands is accepted; with an operand missing, of another type, or with another result it is refused (3.3).
 */
#include "unit.h"

#include <stdio.h>
#include <string.h>

static const char letters[] = "iIfFv";

static bool is_access(const HkOpInfo *op)
{
    return op->immediate == HK_IMM_MEMARG || op->immediate == HK_IMM_MEMARG_LANE;
}

static const char *name_of(char letter)
{
    return letter == 'i' ? "i32" : letter == 'I' ? "i64" : letter == 'f' ? "f32" : letter == 'F' ? "f64" : "v128";
}

static void constant(Wasm *code, char letter)
{
    w_hex(code, letter == 'i'   ? "41 01"
                : letter == 'I' ? "42 02"
                : letter == 'f' ? "43 00 00 80 3f"
                : letter == 'F' ? "44 00 00 00 00 00 00 f0 3f"
                                : "fd 0c 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f");
}

static void opcode(Wasm *code, unsigned value)
{
    unsigned digits = value > 0xffff ? 12 : 8; /* of what follows a prefix */

    if (value <= 0xff) {
        w_u8(code, value);
        return;
    }
    w_u8(code, value >> digits);
    w_u32(code, value & ((1u << digits) - 1));
}

static void instruction(Wasm *code, const HkOpInfo *op)
{
    opcode(code, op->code);
    switch (op->immediate) {
    case HK_IMM_MEMARG: w_u8(code, op->width); w_u8(code, 0); break;
    case HK_IMM_MEMARG_LANE: w_u8(code, op->width); w_hex(code, "00 00"); break;
    case HK_IMM_MEMORY: case HK_IMM_DATA: case HK_IMM_I32: case HK_IMM_I64: case HK_IMM_LANE: w_u8(code, 0); break;
    case HK_IMM_MEMORY_MEMORY: case HK_IMM_DATA_MEMORY: w_hex(code, "00 00"); break;
    case HK_IMM_F32: w_hex(code, "00 00 00 00"); break;
    case HK_IMM_F64: w_hex(code, "00 00 00 00 00 00 00 00"); break;
    case HK_IMM_V128: case HK_IMM_SHUFFLE: w_hex(code, "00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 1f"); break;
    default: ck_assert_msg(op->immediate == HK_IMM_NONE, "%s has an immediate that this test does not know", op->text);
    }
}

/* The operands and results of a row, split at its colon. */
typedef struct Signature {
    char operands[8], results[8];
} Signature;

static bool signature(const HkOpInfo *op, Signature *s)
{
    const char *colon = strchr(op->type, ':');

    if (!colon)
        return false;             /* "*": test_control.c */
    snprintf(s->operands, sizeof s->operands, "%.*s", (int)(colon - op->type), op->type);
    snprintf(s->results, sizeof s->results, "%s", colon + 1);
    return true;
}

START_TEST(right_operands)
{
    Signature s;

    if (!signature(&hk_ops[_i], &s))
        return;
    Subject subject = {.results = s.results};
    for (const char *p = s.operands; *p; p++)
        constant(&subject.code, *p);
    instruction(&subject.code, &hk_ops[_i]);
    w_hex(&subject.code, "0b");
    Wasm w = w_subject(&subject);
    accept(&w);
}
END_TEST

START_TEST(operand_missing)
{
    Signature s;

    if (!signature(&hk_ops[_i], &s))
        return;
    for (size_t missing = 0; missing < strlen(s.operands); missing++) {
        Subject subject = {.results = s.results};
        char message[120], rest[8];
        sprintf(rest, "%.*s%s", (int)missing, s.operands, s.operands + missing + 1);
        for (const char *p = rest; *p; p++)
            constant(&subject.code, *p);
        size_t before = subject.code.length;
        instruction(&subject.code, &hk_ops[_i]);
        w_hex(&subject.code, "0b");
        Wasm w = w_subject(&subject);
        /* The first operand from the top that differs from what is there. */
        const char *found = "nothing", *expected = name_of(s.operands[0]);
        for (size_t want = strlen(s.operands), have = strlen(rest); have > 0;)
            if (s.operands[--want] != rest[--have]) {
                found = name_of(rest[have]);
                expected = name_of(s.operands[want]);
                break;
            }
        snprintf(message, sizeof message, "function 1: type mismatch: expected %s, found %s [%s]", expected, found,
                 hk_ops[_i].text);
        refuse(&w, HERKOS_PHASE_VALIDATE, subject.code_at + before, message);
    }
}
END_TEST

START_TEST(operand_of_another_type)
{
    Signature s;

    if (!signature(&hk_ops[_i], &s))
        return;
    for (size_t wrong = 0; wrong < strlen(s.operands); wrong++)
        for (const char *other = letters; *other; other++) {
            Subject subject = {.results = s.results};
            char message[120];
            if (*other == s.operands[wrong])
                continue;
            for (size_t i = 0; s.operands[i]; i++)
                constant(&subject.code, i == wrong ? *other : s.operands[i]);
            size_t before = subject.code.length;
            instruction(&subject.code, &hk_ops[_i]);
            w_hex(&subject.code, "0b");
            Wasm w = w_subject(&subject);
            snprintf(message, sizeof message, "function 1: type mismatch: expected %s, found %s [%s]",
                     name_of(s.operands[wrong]), name_of(*other), hk_ops[_i].text);
            refuse(&w, HERKOS_PHASE_VALIDATE, subject.code_at + before, message);
        }
}
END_TEST

START_TEST(another_result)
{
    Signature s;

    if (!signature(&hk_ops[_i], &s))
        return;
    for (const char *other = letters; *other; other++) {
        char results[2] = {*other, '\0'};
        Subject subject = {.results = results};
        char message[120];
        if (*other == s.results[0])
            continue;
        for (const char *p = s.operands; *p; p++)
            constant(&subject.code, *p);
        instruction(&subject.code, &hk_ops[_i]);
        size_t before = subject.code.length;
        w_hex(&subject.code, "0b");
        Wasm w = w_subject(&subject);
        snprintf(message, sizeof message, "function 1: type mismatch: expected %s, found %s [end]", name_of(*other),
                 s.results[0] ? name_of(s.results[0]) : "nothing");
        refuse(&w, HERKOS_PHASE_VALIDATE, subject.code_at + before, message);
    }
}
END_TEST

/* After an unconditional branch operands come from nowhere, in any type; those that are there still count. */
START_TEST(unreachable_operands)
{
    static const char *const leave[] = {"00", "0c 00", "0f", "41 00 0e 00 00"};
    Signature s;

    if (!signature(&hk_ops[_i], &s))
        return;
    for (size_t how = 0; how < 4; how++)
        for (size_t skip = 0; skip <= strlen(s.operands); skip++) {
            Subject subject = {0};
            w_hex(&subject.code, leave[how]);
            for (const char *p = s.operands + skip; *p; p++)
                constant(&subject.code, *p);
            instruction(&subject.code, &hk_ops[_i]);
            if (s.results[0])
                w_hex(&subject.code, "1a");
            w_hex(&subject.code, "0b");
            Wasm w = w_subject(&subject);
            accept(&w);
        }
    for (size_t wrong = 0; wrong < strlen(s.operands); wrong++) {
        Subject subject = {0};
        char message[120], other = s.operands[wrong] == 'i' ? 'F' : 'i';
        w_hex(&subject.code, "00");
        constant(&subject.code, other);
        for (const char *p = s.operands + wrong + 1; *p; p++)
            constant(&subject.code, *p);
        instruction(&subject.code, &hk_ops[_i]);
        w_hex(&subject.code, "0b");
        Wasm w = w_subject(&subject);
        snprintf(message, sizeof message, "function 1: type mismatch: expected %s, found %s [%s]",
                 name_of(s.operands[wrong]), name_of(other), hk_ops[_i].text);
        refuse(&w, HERKOS_PHASE_VALIDATE, HERE, message);
    }
}
END_TEST

/* Blocks have their own stack: operands outside of one are out of reach within. */
START_TEST(operands_outside_of_block)
{
    Signature s;

    if (!signature(&hk_ops[_i], &s) || !s.operands[0])
        return;
    Subject subject = {0};
    char message[120];
    for (const char *p = s.operands; *p; p++)
        constant(&subject.code, *p);
    w_hex(&subject.code, "02 40");
    size_t before = subject.code.length;
    instruction(&subject.code, &hk_ops[_i]);
    w_hex(&subject.code, "0b 0b");
    Wasm w = w_subject(&subject);
    snprintf(message, sizeof message, "function 1: type mismatch: expected %s, found nothing [%s]",
             name_of(s.operands[strlen(s.operands) - 1]), hk_ops[_i].text);
    refuse(&w, HERKOS_PHASE_VALIDATE, subject.code_at + before, message);
}
END_TEST

/* 3.3.7: the alignment may be less than natural, not more; and a memory there must be. */
START_TEST(alignment)
{
    const HkOpInfo *op = &hk_ops[_i];
    Signature s;

    if (!is_access(op) || !signature(op, &s))
        return;
    for (unsigned align = 0; align < 64; align++) {
        Subject subject = {.results = s.results};
        char message[120];
        for (const char *p = s.operands; *p; p++)
            constant(&subject.code, *p);
        size_t before = subject.code.length;
        opcode(&subject.code, op->code);
        w_u8(&subject.code, align);
        w_hex(&subject.code, op->immediate == HK_IMM_MEMARG ? "ff ff ff ff 0f 0b" : "ff ff ff ff 0f 00 0b");
        Wasm w = w_subject(&subject);
        snprintf(message, sizeof message, "function 1: alignment must not be larger than natural [%s]", op->text);
        if (align <= op->width)
            accept(&w);
        else
            refuse(&w, HERKOS_PHASE_VALIDATE, subject.code_at + before, message);
    }
}
END_TEST

/* 3.3.3: a lane must be one that the vector has, or for a shuffle the two have. */
START_TEST(lanes)
{
    const HkOpInfo *op = &hk_ops[_i];
    bool shuffles = op->immediate == HK_IMM_SHUFFLE;
    unsigned count = shuffles ? 32 : 16u >> op->width;
    Signature s;

    if (op->immediate != HK_IMM_LANE && op->immediate != HK_IMM_MEMARG_LANE && !shuffles)
        return;
    ck_assert(signature(op, &s));
    for (unsigned lane = 0; lane < 256; lane++) {
        Subject subject = {.results = s.results};
        char message[120];
        for (const char *p = s.operands; *p; p++)
            constant(&subject.code, *p);
        size_t before = subject.code.length;
        opcode(&subject.code, op->code);
        if (op->immediate == HK_IMM_MEMARG_LANE)
            w_hex(&subject.code, "00 00");
        for (unsigned i = 1; shuffles && i < 16; i++)
            w_u8(&subject.code, i);
        w_u8(&subject.code, lane);
        w_hex(&subject.code, "0b");
        Wasm w = w_subject(&subject);
        snprintf(message, sizeof message, "function 1: invalid lane index %u of %u [%s]", lane, count, op->text);
        if (lane < count)
            accept(&w);
        else
            refuse(&w, HERKOS_PHASE_VALIDATE, subject.code_at + before, message);
    }
}
END_TEST

START_TEST(no_memory)
{
    const HkOpInfo *op = &hk_ops[_i];
    Signature s;

    if (!is_access(op) && op->immediate != HK_IMM_MEMORY && op->immediate != HK_IMM_MEMORY_MEMORY &&
        op->immediate != HK_IMM_DATA_MEMORY)
        return;
    ck_assert(signature(op, &s));
    Subject subject = {.results = s.results, .bare = true};
    char message[120];
    for (const char *p = s.operands; *p; p++)
        constant(&subject.code, *p);
    size_t before = subject.code.length;
    instruction(&subject.code, op);
    w_hex(&subject.code, "0b");
    Wasm w = w_subject(&subject);
    snprintf(message, sizeof message, "function 1: unknown memory 0 [%s]", op->text);
    refuse(&w, HERKOS_PHASE_VALIDATE, subject.code_at + before, message);
}
END_TEST

/* Every opcode that the table does not have is refused: as a proposal by its name, else as illegal. */
START_TEST(unknown_opcodes)
{
    static const unsigned prefixes[] = {0, 0xfb, 0xfc, 0xfd, 0xfe};

    for (unsigned sub = 0; sub < (prefixes[_i] ? 512u : 256u); sub++) {
        unsigned prefix = prefixes[_i], code = prefix << (sub < 256 ? 8 : 12) | sub;
        bool known = !prefix && sub >= 0xfb && sub <= 0xfe;
        for (unsigned op = 0; op < HK_OP_COUNT; op++)
            known |= hk_ops[op].code == code;
        if (known)
            continue;
        Subject subject = {0};
        if (prefix)
            w_u8(&subject.code, prefix);
        if (prefix)
            w_u32(&subject.code, sub);
        else
            w_u8(&subject.code, sub);
        w_hex(&subject.code, "0b");
        Wasm w = w_subject(&subject);
        HerkosOptions options = {.name = "unit", .file = "unit.wasm"};
        HerkosResult result;
        ck_assert_msg(!herkos_transpile(w.bytes, w.length, &options, &result), "opcode 0x%02x accepted", code);
        bool named = result.diagnostic.phase == HERKOS_PHASE_UNSUPPORTED;
        CONTAINS(result.diagnostic.message, named ? " proposal is not supported" : "illegal opcode");
        ck_assert_int_eq(result.diagnostic.phase, named ? HERKOS_PHASE_UNSUPPORTED : HERKOS_PHASE_DECODE);
        ck_assert_uint_eq(result.diagnostic.offset, subject.code_at);
        if ((prefix == 0xfe && sub < 256) || (!prefix && sub >= 0xd0 && sub <= 0xd2) || (!prefix && sub == 0x12))
            ck_assert(named);
        w_free(&w);
    }
}
END_TEST

Suite *suite_validate(void)
{
    Suite *suite = suite_create("validate");
    TCase *tc = tcase_create("plain instructions");

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, right_operands, 0, HK_OP_COUNT);
    tcase_add_loop_test(tc, operand_missing, 0, HK_OP_COUNT);
    tcase_add_loop_test(tc, operand_of_another_type, 0, HK_OP_COUNT);
    tcase_add_loop_test(tc, another_result, 0, HK_OP_COUNT);
    tcase_add_loop_test(tc, unreachable_operands, 0, HK_OP_COUNT);
    tcase_add_loop_test(tc, operands_outside_of_block, 0, HK_OP_COUNT);
    tcase_add_loop_test(tc, alignment, 0, HK_OP_COUNT);
    tcase_add_loop_test(tc, lanes, 0, HK_OP_COUNT);
    tcase_add_loop_test(tc, no_memory, 0, HK_OP_COUNT);
    tcase_add_loop_test(tc, unknown_opcodes, 0, 5);
    suite_add_tcase(suite, tc);
    return suite;
}
