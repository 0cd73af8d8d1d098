/*
 * diag.c: the one way out of an error. hk_raise fills the diagnostic and jumps to transpile.c,
 * which frees everything.
 */
#include "hk.h"

#include <stdarg.h>
#include <stdio.h>

_Noreturn void hk_raise(HkContext *ctx, HerkosPhase phase, size_t offset, const char *format, ...)
{
    HerkosDiagnostic *d = ctx->diagnostic;
    int used = 0;
    va_list args;

    d->phase = phase;
    d->offset = offset;
    if (ctx->in_function && ctx->function_name)
        used =
            snprintf(d->message, sizeof d->message,
                     "function %lu \"%.100s\": ", (unsigned long)ctx->function, ctx->function_name);
    else if (ctx->in_function)
        used =
            snprintf(d->message, sizeof d->message, "function %lu: ", (unsigned long)ctx->function);
    va_start(args, format);
    vsnprintf(d->message + used, sizeof d->message - (size_t)used, format, args);
    va_end(args);
    longjmp(ctx->catch, 1);
}
