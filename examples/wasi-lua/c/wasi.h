/* What Lua expects of a C library and wasi-libc lacks; and its errors. Included before each of its files. */
#ifndef WASI_H
#define WASI_H

#include <errno.h>
#include <stdio.h>

/* No processes, no temporary files. */
#define l_system(command) ((command) ? -1 : 0)
#define tmpfile()         (errno = ENOSYS, (FILE *)NULL)
#define LUA_TMPNAMBUFSIZE 1
#define lua_tmpnam(buffer, error) ((void)(buffer), (error) = 1)

/* Errors: see try.c. */
struct lua_State;
void try_call(struct lua_State *state, void (*function)(struct lua_State *, void *), void *data);
void try_throw(void);
#define luai_jmpbuf int
#define LUAI_TRY(state, buffer, call) try_call(state, f, ud)
#define LUAI_THROW(state, buffer) try_throw()

#endif
