/* An interpreter of a register machine: fixed instructions of 32 bits, a frame of registers for each call, memory. */
#include "bench.h"

enum { HALT, SET, MOVE, ADD, ADDI, SUB, MUL, DIV, AND, SHL, LOAD, STORE, LESS, EQUAL, JUMP, JUMP_IF, CALL, RETURN,
       OPCODES };
#define I(op, a, b, c) ((uint32_t)(op) | (uint32_t)(a) << 8 | (uint32_t)(b) << 16 | (uint32_t)(uint8_t)(c) << 24)

static int32_t registers[1024], memory[4096];
static uint32_t executed[OPCODES];

/* Sieve of Eratosthenes up to register 0; the number of primes in register 0. */
static const uint32_t sieve[] = {
    I(SET, 1, 2, 0),       /* i = 2 */
    I(SET, 2, 0, 0),       /* count = 0 */
    I(SET, 5, 1, 0),
    I(LESS, 3, 1, 0),      /* 3: while i < n */
    I(JUMP_IF, 3, 2, 0),
    I(MOVE, 0, 2, 0),
    I(HALT, 0, 0, 0),
    I(LOAD, 3, 1, 0),      /* 7: if memory[i] == 0 */
    I(JUMP_IF, 3, 8, 0),
    I(ADDI, 2, 2, 1),
    I(ADD, 4, 1, 1),       /* for k = 2 i */
    I(LESS, 3, 4, 0),      /* 11: k < n */
    I(EQUAL, 3, 3, 6),
    I(JUMP_IF, 3, 3, 0),
    I(STORE, 5, 4, 0),
    I(ADD, 4, 4, 1),
    I(JUMP, 0, 0xfa, 0xff),
    I(ADDI, 1, 1, 1),      /* 17 */
    I(JUMP, 0, 0xf0, 0xff),
};

/* Fibonacci by recursion of register 0. */
static const uint32_t fibonacci[] = {
    I(SET, 1, 2, 0),
    I(LESS, 2, 0, 1),
    I(JUMP_IF, 2, 5, 0),
    I(ADDI, 3, 0, -1),
    I(CALL, 3, 0, 0),
    I(ADDI, 4, 0, -2),
    I(CALL, 4, 0, 0),
    I(ADD, 0, 3, 4),
    I(RETURN, 0, 0, 0),
};

static int32_t interpret(const uint32_t *code, int32_t argument)
{
    struct {
        uint32_t pc, base;
    } calls[64];
    uint32_t pc = 0, base = 0, depth = 0;

    registers[0] = argument;
    for (;;) {
        uint32_t instr = code[pc++], op = instr & 255;
        int32_t *r = registers + base, *a = r + (instr >> 8 & 255);
        int32_t b = r[instr >> 16 & 255], c = r[instr >> 24], wide = (int16_t)(instr >> 16);
        executed[op]++;
        switch (op) {
        case SET: *a = wide; break;
        case MOVE: *a = b; break;
        case ADD: *a = (int32_t)((uint32_t)b + (uint32_t)c); break;
        case ADDI: *a = (int32_t)((uint32_t)b + (uint32_t)((int32_t)instr >> 24)); break;
        case SUB: *a = (int32_t)((uint32_t)b - (uint32_t)c); break;
        case MUL: *a = (int32_t)((uint32_t)b * (uint32_t)c); break;
        case DIV: *a = c ? (int32_t)((uint32_t)b / (uint32_t)c) : 0; break;
        case AND: *a = b & c; break;
        case SHL: *a = (int32_t)((uint32_t)b << (c & 31)); break;
        case LOAD: *a = memory[b & 4095]; break;
        case STORE: memory[b & 4095] = *a; break;
        case LESS: *a = b < c; break;
        case EQUAL: *a = b == c; break;
        case JUMP: pc += (uint32_t)wide; break;
        case JUMP_IF:
            if (*a)
                pc += (uint32_t)wide;
            break;
        case CALL:
            if (depth == 64)
                return -1;
            calls[depth].pc = pc;
            calls[depth++].base = base;
            base += instr >> 8 & 255;
            pc = 0;
            break;
        case RETURN:
            if (!depth)
                return registers[0];
            pc = calls[--depth].pc;
            base = calls[depth].base;
            break;
        default: return registers[0];
        }
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    while (rounds--) {
        memset(memory, 0, sizeof memory);
        memset(registers, 0, sizeof registers);
        sum = fold(sum, (uint32_t)interpret(sieve, 4000));
        memset(registers, 0, sizeof registers);
        sum = fold(sum, (uint32_t)interpret(fibonacci, (int32_t)(15 + rounds % 3)));
    }
    for (int i = 0; i < OPCODES; i++)
        sum = fold(sum, executed[i]);
    memset(executed, 0, sizeof executed);
    return sum;
}
