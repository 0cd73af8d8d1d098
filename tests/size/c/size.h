/*
 * What the kernels share. Each has one function, `run`: that many rounds of its work, on input that it makes itself,
 * give a checksum which does not depend on the machine. All data is static. Compiled natively and to WebAssembly from
 * the same text; kernels of ../../e2e/c are included, not copied.
 */
#ifndef SIZE_H
#define SIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For kernels of tests/e2e: there every function is an export, here none. */
#define EXPORT(name) name

#ifdef __wasm__
#define RUN __attribute__((export_name("run")))
#else
#define RUN
#endif

RUN uint32_t run(uint32_t rounds);

/* Of compiler_builtins natively; instructions in WebAssembly. */
void *memcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int byte, size_t n);

/* A step of FNV-1a, by words. */
__attribute__((unused)) static uint32_t fold(uint32_t sum, uint32_t value) { return (sum ^ value) * 16777619u; }

#endif
