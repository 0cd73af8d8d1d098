/* Lua: compiles a script and calls its functions: loops of numbers, tables, closures, strings and patterns, objects. */
#include "../library.h"
#include "lauxlib.h"
#include "lua.h"
#include "lualib.h"

static const char script[] =
    "local function sieve(n)\n"
    "  local composite, count = {}, 0\n"
    "  for i = 2, n do\n"
    "    if not composite[i] then\n"
    "      count = count + 1\n"
    "      for k = i * i, n, i do composite[k] = true end\n"
    "    end\n"
    "  end\n"
    "  return count\n"
    "end\n"
    "local function fibonacci(n) return n < 2 and n or fibonacci(n - 1) + fibonacci(n - 2) end\n"
    "local Point = {}\n"
    "Point.__index = Point\n"
    "Point.__add = function(a, b) return setmetatable({x = a.x + b.x, y = a.y + b.y}, Point) end\n"
    "function Point.new(x, y) return setmetatable({x = x, y = y}, Point) end\n"
    "function Point:norm() return self.x * self.x + self.y * self.y end\n"
    "local function points(n)\n"
    "  local sum = Point.new(0, 0)\n"
    "  for i = 1, n do sum = sum + Point.new(i * 0.5, -i) end\n"
    "  return sum:norm()\n"
    "end\n"
    "local function words(seed)\n"
    "  local parts, counts = {}, {}\n"
    "  for i = 1, 200 do\n"
    "    seed = (seed * 1103515245 + 12345) % 2147483648\n"
    "    parts[i] = string.format('%s%d', ('abcdefgh'):sub(seed // 65536 % 8 + 1, -1), seed // 1024 % 10)\n"
    "  end\n"
    "  local text = table.concat(parts, ' ')\n"
    "  for word, digit in text:gmatch('(%a+)(%d)') do counts[word] = (counts[word] or 0) + tonumber(digit) end\n"
    "  local keys = {}\n"
    "  for word in pairs(counts) do keys[#keys + 1] = word end\n"
    "  table.sort(keys, function(a, b) return #a < #b or (#a == #b and a < b) end)\n"
    "  local result = 0\n"
    "  for i, word in ipairs(keys) do result = result * 31 + counts[word] * i + #word end\n"
    "  return result + #(text:gsub('%d', '<%0>'):upper())\n"
    "end\n"
    "local function matrix(n)\n"
    "  local a, sum = {}, 0.0\n"
    "  for i = 1, n do a[i] = {} for k = 1, n do a[i][k] = (i * k % 7) / 4 end end\n"
    "  for i = 1, n do for k = 1, n do\n"
    "    local s = 0.0\n"
    "    for j = 1, n do s = s + a[i][j] * a[j][k] end\n"
    "    sum = sum + s\n"
    "  end end\n"
    "  return sum\n"
    "end\n"
    "local function queue(n)\n"
    "  local heap = {}\n"
    "  for i = 1, n do table.insert(heap, i * 7919 % 1009) end\n"
    "  table.sort(heap)\n"
    "  local sum = 0\n"
    "  while #heap > n // 2 do sum = sum * 3 % 1000003 + table.remove(heap, #heap // 2) end\n"
    "  return sum\n"
    "end\n"
    "function main(seed)\n"
    "  local checks = {sieve(2000), fibonacci(15), points(500), words(seed), matrix(14), queue(200)}\n"
    "  local sum = 0\n"
    "  for _, check in ipairs(checks) do sum = (sum * 31 + math.floor(check)) % 4294967296 end\n"
    "  return sum\n"
    "end\n";

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;
    lua_State *state = luaL_newstate();

    CHECK(state);
    luaL_requiref(state, "_G", luaopen_base, 1);
    luaL_requiref(state, LUA_TABLIBNAME, luaopen_table, 1);
    luaL_requiref(state, LUA_STRLIBNAME, luaopen_string, 1);
    luaL_requiref(state, LUA_MATHLIBNAME, luaopen_math, 1);
    lua_settop(state, 0);
    CHECK(luaL_loadbuffer(state, script, sizeof script - 1, "script") == LUA_OK);
    CHECK(lua_pcall(state, 0, 0, 0) == LUA_OK);
    while (rounds--) {
        lua_getglobal(state, "main");
        lua_pushinteger(state, (lua_Integer)rounds + 1);
        CHECK(lua_pcall(state, 1, 1, 0) == LUA_OK);
        sum = fold(sum, (uint32_t)lua_tointeger(state, -1));
        lua_settop(state, 0);
    }
    lua_close(state);
    return sum;
}
