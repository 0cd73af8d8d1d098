/*
 * test_reroll.c: how much of a loop the proof takes in before it gives up. What it proves is in tests/golden/reroll.wat.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

/* local.get i; then plus a constant, where there is one */
static void put_place(Wasm *code, unsigned constant)
{
    w_hex(code, "20 01");
    if (!constant)
        return;
    w_hex(code, "41");
    w_s64(code, constant);
    w_hex(code, "6a");
}

/* i32.store (i + 4 * turn) x */
static void put_store(Wasm *code, unsigned turn)
{
    put_place(code, 4 * turn);
    w_hex(code, "20 00 36 02 00");
}

static void begin_loop(Wasm *code)
{
    w_hex(code, "41 00 21 01 03 40");
}

/* i += gain, and on until it is three times that */
static void end_loop(Wasm *code, unsigned gain)
{
    put_place(code, gain);
    w_hex(code, "22 01 41");
    w_s64(code, 3 * (int64_t)gain);
    w_hex(code, "47 0d 00 0b");
}

static unsigned count(const char *text, const char *part)
{
    unsigned found = 0;

    for (; (text = strstr(text, part)); text++)
        found++;
    return found;
}

/* Stores in the text of the function. Frees the code. */
static unsigned stores_of(Subject *subject)
{
    w_hex(&subject->code, "0b");
    Wasm w = w_subject(subject);
    char *text = rust_of(&w);
    unsigned found = count(text, "i32_store(");
    free(text);
    return found;
}

/* The same, of x, i, and `temporaries` more locals. */
static unsigned stores(Wasm code, unsigned temporaries)
{
    char locals[512];
    Subject subject = {.params = "i", .locals = locals, .code = code};

    memset(locals, 'i', temporaries + 1);
    locals[temporaries + 1] = '\0';
    return stores_of(&subject);
}

static const struct {
    unsigned turns, stores;
} turns[] = {
    {1, 1}, {2, 1}, {3, 1}, {16, 1},
    {17, 17},  /* 16 turns at most: and 17 is prime */
    {32, 2},
    {96, 6},
    {98, 98},  /* 96 accesses at most */
};

START_TEST(most_turns)
{
    Wasm code = {0};

    begin_loop(&code);
    for (unsigned i = 0; i < turns[_i].turns; i++)
        put_store(&code, i);
    end_loop(&code, 4 * turns[_i].turns);
    ck_assert_uint_eq(stores(code, 0), turns[_i].stores);
}
END_TEST

/* Two turns, and between them locals that nothing reads. */
static void put_temporaries(Wasm *code, unsigned count)
{
    begin_loop(code);
    put_store(code, 0);
    for (unsigned i = 0; i < count; i++) {
        put_place(code, i);
        w_hex(code, "21");
        w_u32(code, 2 + i);
    }
    put_store(code, 1);
    end_loop(code, 8);
}

static const struct {
    unsigned temporaries, stores;
} temporaries[] = {{1, 1}, {64, 1}, {65, 2}, {127, 2}, {128, 2}, {200, 2}};

START_TEST(most_temporaries)
{
    Wasm code = {0};

    put_temporaries(&code, temporaries[_i].temporaries);
    ck_assert_uint_eq(stores(code, temporaries[_i].temporaries), temporaries[_i].stores);
}
END_TEST

/* Each loop with temporary locals takes a search through the function: not more than 64 do. */
START_TEST(most_searches)
{
    Wasm code = {0};

    for (unsigned i = 0; i < 70; i++)
        put_temporaries(&code, 1);
    ck_assert_uint_eq(stores(code, 1), 64 + 6 * 2);
}
END_TEST

/* x * x * ... in the loop, stored in each of two turns. */
static const struct {
    unsigned products, stores;
} products[] = {{100, 1}, {500, 1}, {1100, 2}};

START_TEST(most_terms)
{
    Wasm code = {0};

    begin_loop(&code);
    w_hex(&code, "20 00 21 02");
    for (unsigned i = 0; i < products[_i].products; i++)
        w_hex(&code, "20 02 20 00 6c 21 02");
    put_store(&code, 0);
    put_store(&code, 1);
    end_loop(&code, 8);
    ck_assert_uint_eq(stores(code, 1), products[_i].stores);
}
END_TEST

/* A static offset stands for a sum unless memory may reach into the last page of the address space. */
static const struct {
    const char *memory;
    unsigned stores;
} memories[] = {
    {"00 01", 1},                /* never grows */
    {"01 01 02", 1},             /* grows, to its maximum */
    {"01 01 ff ff 03", 1},       /* to all but the last page */
    {"01 01 80 80 04", 2},       /* to the end */
    {"00 ff ff 03", 1},
    {"00 80 80 04", 2},
};

START_TEST(most_memory)
{
    Subject subject = {.params = "i", .locals = "i", .memory = memories[_i].memory};

    begin_loop(&subject.code);
    put_store(&subject.code, 0);
    w_hex(&subject.code, "20 01 20 00 36 02 04");
    end_loop(&subject.code, 8);
    ck_assert_uint_eq(stores_of(&subject), memories[_i].stores);
}
END_TEST

Suite *suite_reroll(void)
{
    Suite *suite = suite_create("reroll");
    TCase *tc = tcase_create("limits");

    tcase_add_loop_test(tc, most_turns, 0, sizeof turns / sizeof *turns);
    tcase_add_loop_test(tc, most_temporaries, 0, sizeof temporaries / sizeof *temporaries);
    tcase_add_test(tc, most_searches);
    tcase_add_loop_test(tc, most_terms, 0, sizeof products / sizeof *products);
    tcase_add_loop_test(tc, most_memory, 0, sizeof memories / sizeof *memories);
    suite_add_tcase(suite, tc);
    return suite;
}
