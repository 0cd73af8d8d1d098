/* Lua includes this, and needs nothing of it here: see config.h. */
