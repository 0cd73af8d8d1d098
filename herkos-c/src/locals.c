/*
 * locals.c: the types of a function's parameters and locals (WebAssembly specification,
 * section 5.5.13).
 *
 * Declarations come as (count, type) runs and a few bytes may declare tens of thousands, so runs
 * are kept as they are and looked up by bisection: nothing here costs more than the bytes read.
 */
#include "hk.h"

enum { MAX_LOCALS = 50000 }; /* the limit of common engines */

void hk_read_locals(const HkModule *m, const HkFuncType *type, HkReader *body, HkLocals *locals)
{
    HkArena *arena = &m->ctx->scratch;
    uint32_t runs = hk_read_count(body, 2);
    uint64_t total = type->param_count;

    locals->run_count = 0;
    locals->ends = HK_NEW_ARRAY(arena, (size_t)type->param_count + runs, uint32_t);
    locals->types = HK_NEW_ARRAY(arena, (size_t)type->param_count + runs, uint8_t);
    for (uint32_t i = 0; i < type->param_count; i++) {
        locals->ends[i] = i + 1;
        locals->types[i] = type->params[i];
        locals->run_count++;
    }
    for (uint32_t i = 0; i < runs; i++) {
        size_t offset = body->at;
        uint32_t count = hk_read_u32(body);
        uint8_t value_type = hk_read_value_type(body);
        total += count;
        if (total > UINT32_MAX)
            hk_raise(m->ctx, HERKOS_PHASE_DECODE, offset, "too many locals");
        if (total > MAX_LOCALS)
            hk_raise(m->ctx, HERKOS_PHASE_UNSUPPORTED, offset,
                     "too many locals: more than %d are not supported", MAX_LOCALS);
        if (!count)
            continue;
        locals->ends[locals->run_count] = (uint32_t)total;
        locals->types[locals->run_count++] = value_type;
    }
    locals->count = (uint32_t)total;
}

uint8_t hk_local_type(const HkLocals *locals, uint32_t index)
{
    uint32_t low = 0, high = locals->run_count - 1;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (index < locals->ends[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return locals->types[low];
}
