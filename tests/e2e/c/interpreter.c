/* A byte-code interpreter: a stack machine with a big switch, run on random and on written programs. */
#include "e2e.h"

enum { HALT, PUSH, ADD, SUB, MUL, DIV, REM, AND, OR, XOR, SHL, SHR, DUP, SWAP, DROP, JUMP, JUMPZ, LOAD, STORE, LESS, EQUAL,
       NOT, CALL, RETURN, PRINT, COUNT };

static uint8_t code[256];
static int32_t stack[64], cells[16], calls[16];
static int32_t printed[32];
static uint32_t print_count;

static int32_t run(uint32_t budget)
{
    uint32_t pc = 0, sp = 2, depth = 0;

    while (budget--) {
        uint8_t op = code[pc++ & 255];
        if (sp < 2)
            sp = 2;
        if (sp > 60)
            return -1;
        int32_t *top = &stack[sp - 1], *below = &stack[sp - 2];
        switch (op) {
        case HALT: return *top;
        case PUSH: stack[sp++] = (int8_t)code[pc++ & 255]; break;
        case ADD: *below = (int32_t)((uint32_t)*below + (uint32_t)*top); sp--; break;
        case SUB: *below = (int32_t)((uint32_t)*below - (uint32_t)*top); sp--; break;
        case MUL: *below = (int32_t)((uint32_t)*below * (uint32_t)*top); sp--; break;
        case DIV: *below = *below / *top; sp--; break;      /* may trap */
        case REM: *below = *below % (*top | 1); sp--; break;
        case AND: *below &= *top; sp--; break;
        case OR: *below |= *top; sp--; break;
        case XOR: *below ^= *top; sp--; break;
        case SHL: *below = (int32_t)((uint32_t)*below << (*top & 31)); sp--; break;
        case SHR: *below >>= *top & 31; sp--; break;
        case DUP: stack[sp++] = *top; break;
        case SWAP: {
            int32_t t = *top;
            *top = *below;
            *below = t;
            break;
        }
        case DROP: sp--; break;
        case JUMP: pc = code[pc & 255]; break;
        case JUMPZ: pc = *top ? pc + 1 : code[pc & 255]; sp--; break;
        case LOAD: *top = cells[*top & 15]; break;
        case STORE: cells[*top & 15] = *below; sp -= 2; break;
        case LESS: *below = *below < *top; sp--; break;
        case EQUAL: *below = *below == *top; sp--; break;
        case NOT: *top = !*top; break;
        case CALL: calls[depth++ & 15] = (int32_t)pc + 1; pc = code[pc & 255]; break;
        case RETURN: pc = (uint32_t)calls[--depth & 15]; break;
        case PRINT: printed[print_count++ & 31] = *top; sp--; break;
        default: return -2 - op;
        }
    }
    return stack[sp - 1];
}

int32_t EXPORT(run_random)(uint32_t seed, uint32_t budget)
{
    random_start(seed);
    for (int i = 0; i < 256; i++) {
        uint32_t r = random_next() >> 5;
        code[i] = (uint8_t)(r % 64 == 0 ? 200 : r % COUNT ? r % COUNT : (r >> 8) % 3 ? PUSH : HALT);
    }
    return run(budget % 1000);
}

/* n! by a loop: cell 0 counts, cell 1 is the product. */
int32_t EXPORT(factorial)(int32_t n)
{
    static const uint8_t program[] = {
        PUSH, 0, LOAD, JUMPZ, 24, PUSH, 1, LOAD, PUSH, 0, LOAD, MUL, PUSH, 1, STORE,
        PUSH, 0, LOAD, PUSH, 1, SUB, CALL, 29, DROP + 100, PUSH, 1, LOAD, PRINT, HALT,
        PUSH, 0, STORE, JUMP, 0,
    };

    memcpy(code, program, sizeof program);
    cells[0] = n & 31;
    cells[1] = 1;
    return run(900);
}
