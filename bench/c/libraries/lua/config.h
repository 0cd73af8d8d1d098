/* Included before each file of Lua. No errors are thrown here, so that there need not be a setjmp; hashes do not depend on the time. */
#ifndef CONFIG_H
#define CONFIG_H

#define luai_jmpbuf int
#define LUAI_TRY(state, buffer, call) { call }
#define LUAI_THROW(state, buffer) __builtin_trap()
#define luai_makeseed(state) 0x5eed

#endif
