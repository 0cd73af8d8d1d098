/*
 * Lua's errors without setjmp, which WebAssembly has no instruction for. Binaryen's pass --asyncify gives every function
 * a way to return at once, up to a function that stops it: that is throw and catch.
 */
#include "wasi.h"

#define ASYNCIFY(name) __attribute__((import_module("asyncify"), import_name(#name)))
ASYNCIFY(start_unwind) void start_unwind(void *frames);
ASYNCIFY(stop_unwind) void stop_unwind(void);

/* Where asyncify keeps the frames that are left, in case one wanted to go back. */
static char space[1 << 18];
static struct {
    char *at, *end;
} frames;

static int thrown; /* since the last catch */

void try_throw(void)
{
    frames.at = space;
    frames.end = space + sizeof space;
    thrown = 1;
    start_unwind(&frames);
}

void try_call(struct lua_State *state, void (*function)(struct lua_State *, void *), void *data)
{
    void *stack;

    __asm__ volatile(".globaltype __stack_pointer, i32\nglobal.get __stack_pointer\nlocal.set %0" : "=r"(stack));
    function(state, data);
    if (thrown) {
        thrown = 0;
        stop_unwind();
        __asm__ volatile("local.get %0\nglobal.set __stack_pointer" ::"r"(stack));
    }
}
