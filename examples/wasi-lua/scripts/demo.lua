-- What a script on Lua does: tables, closures, coroutines, string patterns, errors, files.

local name, limit = ...

local function primes(n)
    return coroutine.wrap(function()
        local composite = {}
        for i = 2, n do
            if not composite[i] then
                coroutine.yield(i)
                for j = i * i, n, i do composite[j] = true end
            end
        end
    end)
end

local list = {}
for p in primes(tonumber(limit)) do list[#list + 1] = p end
print(name .. ": primes: " .. table.concat(list, " "))

local words = {}
for word in ("the quick brown fox jumps over the lazy dog"):gmatch("%a+") do
    words[#words + 1] = word:gsub("^%l", string.upper)
end
table.sort(words, function(a, b) return #a == #b and a < b or #a < #b end)
print(table.concat(words, " "))

-- Errors are caught and thrown on, through coroutines and C functions alike.
print(pcall(error, { code = 7 }) == false, select(2, pcall(error, "a message", 0)))
print(pcall(string.rep, "x", 1 << 40))
local caught = 0
for i = 1, 1000 do
    if not pcall(function() table.sort({ 3, 2, 1 }, function() error("in a comparison") end) end) then
        caught = caught + 1
    end
end
print(caught .. " errors caught")
local function forever(n) return 1 + forever(n + 1) end
print(select(2, pcall(forever, 1)):match("stack overflow"))

-- Files: only in the directory that the host opened.
local file = assert(io.open("/work/out.txt", "w"))
file:write(("%d primes below %d\n"):format(#list, limit))
file:close()
for line in io.lines("/work/out.txt") do print(line) end
print(io.open("/etc/passwd"))
print(io.open("/work/../secret"))
print(os.execute and os.getenv("HOME"), os.time() > 0)

error("an error that nobody catches")
