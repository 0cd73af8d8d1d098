/* Runs the script that the first argument names; the others are its own. */
#include "lauxlib.h"
#include "lua.h"
#include "lualib.h"
#include <stdio.h>

static int traceback(lua_State *state)
{
    luaL_traceback(state, state, luaL_tolstring(state, 1, NULL), 1);
    return 1;
}

int main(int argc, char **argv)
{
    lua_State *state = luaL_newstate();

    if (!state || argc < 2) {
        fprintf(stderr, "usage: lua SCRIPT [ARGUMENT...]\n");
        return 2;
    }
    luaL_openlibs(state);
    lua_pushcfunction(state, traceback);
    int failed = luaL_loadfile(state, argv[1]);
    for (int i = 2; i < argc && !failed; i++)
        lua_pushstring(state, argv[i]);
    if (failed || lua_pcall(state, argc - 2, 0, 1) != LUA_OK) {
        fprintf(stderr, "lua: %s\n", lua_tostring(state, -1));
        failed = 1;
    }
    lua_close(state);
    return failed;
}
