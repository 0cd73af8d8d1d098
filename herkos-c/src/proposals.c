/*
 * proposals.c: what is refused because a proposal would allow it that herkos does not support, with
 * what its author can do about it.
 */
#include "hk.h"

static const struct {
    const char *name, *advice;
} proposals[] = {
    [HK_COMPACT_IMPORTS] = {"compact import section",
                            "have the tool that wrote it use the usual encoding"},
    [HK_EXCEPTIONS] = {"exception handling", "compile without -fwasm-exceptions"},
    [HK_EXTENDED_CONST] = {"extended constant expressions", "compile without -mextended-const"},
    [HK_FUNCTION_REFERENCES] = {"typed function references", "compile for WebAssembly 2.0"},
    [HK_GARBAGE_COLLECTION] = {"garbage collection",
                               "only languages that bring their own memory management will do"},
    [HK_MEMORY64] = {"memory64", "compile for wasm32"},
    [HK_MULTI_MEMORY] = {"multi-memory", "link it with one memory"},
    [HK_TAIL_CALLS] = {"tail calls", "compile without -mtail-call"},
    [HK_THREADS] = {"threads", "compile without -pthread and -matomics"},
    [HK_WIDE_ARITHMETIC] = {"wide arithmetic", "compile without -mwide-arithmetic"},
};

_Noreturn void hk_refuse(HkContext *ctx, size_t offset, HkProposal proposal, const char *where)
{
    hk_raise(ctx, HERKOS_PHASE_UNSUPPORTED, offset, "the %s proposal is not supported: %s%s",
             proposals[proposal].name, proposals[proposal].advice, where);
}
