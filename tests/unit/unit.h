/*
 * unit.h: what the unit tests share: their suites, and ways to run the transpiler and to expect a refusal.
 */
#ifndef UNIT_H
#define UNIT_H

#include "hk.h"
#include "wasm_builder.h"

#include <check.h>

Suite *suite_reader(void);
Suite *suite_names(void);
Suite *suite_demangle(void);
Suite *suite_validate(void);
Suite *suite_control(void);
Suite *suite_module(void);
Suite *suite_emit(void);
Suite *suite_lines(void);
Suite *suite_memory(void);
Suite *suite_reroll(void);

/* A context that parts of herkos-c can be called in without the rest. */
typedef struct Fixture {
    HerkosDiagnostic diagnostic;
    HkContext ctx;
} Fixture;

void fixture_begin(Fixture *fx);
void fixture_end(Fixture *fx);
/* Calls run(argument); true if it raised, the diagnostic then being in fx. */
bool fixture_raises(Fixture *fx, void (*run)(void *), void *argument);

/* The Rust text of a module that must be accepted; to be freed. The module is freed. */
char *rust_of(Wasm *module);
char *rust_with(Wasm *module, const HerkosOptions *options);
void accept(Wasm *module);
/* The module must be refused in this phase, with this message, at this offset (HERE: any). The module is freed. */
void refuse(Wasm *module, HerkosPhase phase, size_t offset, const char *message);
#define HERE ((size_t)-1)

#define CONTAINS(text, part) \
    ck_assert_msg(strstr(text, part) != NULL, "does not contain \"%s\":\n%.1500s", part, text)
#define LACKS(text, part) ck_assert_msg(strstr(text, part) == NULL, "contains \"%s\":\n%.1500s", part, text)

#endif
