/*
 * transpile.c: the passes, in order, and the one place where errors are caught and everything is
 * freed.
 */
#include "hk.h"

#include <stdlib.h>
#include <string.h>

#ifndef HERKOS_VERSION
#define HERKOS_VERSION "0.1.0-unpackaged"
#endif

const char *herkos_version(void)
{
    return HERKOS_VERSION;
}

static void warn(HkModule *m)
{
    const HerkosOptions *o = m->options;

    if (!m->memory_count || m->memory_imported)
        return;
    if (m->has_grow && !m->memory.has_max && !o->max_pages && !o->max_memory)
        hk_buf_format(&m->warnings,
                      "the module uses memory.grow but neither declares a maximum nor is given "
                      "one, so its memory stays at %llu %s; set %s\n",
                      (unsigned long long)m->memory.min,
                      m->page_size == HK_PAGE_SIZE ? "pages" : "bytes",
                      m->page_size == HK_PAGE_SIZE ? "max-pages" : "max-memory");
    if (o->max_pages && m->memory.has_max && m->memory.max < o->max_pages)
        hk_buf_format(&m->warnings,
                      "max-pages = %lu is more than the %llu pages that the module declares as its "
                      "maximum; the latter holds\n",
                      (unsigned long)o->max_pages, (unsigned long long)m->memory.max);
}

static void run_passes(HkModule *m, HkBuf *text, HkBuf *report, HkBuf *map)
{
    hk_module_read(m);
    hk_validate_module(m);
    hk_names_assign(m);
    hk_read_lines(m);
    hk_validate_functions(m);
    hk_size_memory(m);
    hk_imports_assign(m);
    hk_analyse_calls(m);
    hk_emit_module(m, text);
    hk_report(m, report);
    if (m->options->map)
        hk_emit_map(m, text, map);
    warn(m);
}

static void free_module(HkModule *m)
{
    free(m->calls.edges);
    free(m->tree_space.uses);
    free(m->lines);
    free(m->sources);
    free(m->marks);
    hk_buf_free(&m->body);
    hk_buf_free(&m->line);
}

bool herkos_transpile(const uint8_t *bytes, size_t length, const HerkosOptions *options,
                      HerkosResult *result)
{
    HkContext ctx = {.diagnostic = &result->diagnostic};
    /* These live in memory that longjmp leaves alone: they change between setjmp and a raise. */
    struct {
        HkModule module;
        HkBuf text, report, map;
    } *run = calloc(1, sizeof *run);

    memset(result, 0, sizeof *result);
    if (!run) {
        result->diagnostic = (HerkosDiagnostic){HERKOS_PHASE_MEMORY, 0, "out of memory"};
        return false;
    }
    ctx.arena.ctx = ctx.scratch.ctx = &ctx;
    run->module = (HkModule){.ctx = &ctx, .options = options, .bytes = bytes, .length = length};
    run->text.ctx = run->report.ctx = run->map.ctx = run->module.warnings.ctx =
        run->module.body.ctx = run->module.line.ctx = &ctx;
    run->module.function_names.ctx = run->module.dispatch_names.ctx = run->module.lanes_names.ctx =
        run->module.source_names.ctx = &ctx;
    bool ok = setjmp(ctx.catch) == 0;
    if (ok) {
        run_passes(&run->module, &run->text, &run->report, &run->map);
        hk_buf_text(&run->module.warnings, "");
        *result = (HerkosResult){
            .text = run->text.text,
            .text_length = run->text.length,
            .report = run->report.text,
            .report_length = run->report.length,
            .warnings = run->module.warnings.text,
            .warnings_length = run->module.warnings.length,
            .map = run->map.text,
            .map_length = run->map.length,
        };
    } else {
        hk_buf_free(&run->text);
        hk_buf_free(&run->report);
        hk_buf_free(&run->map);
        hk_buf_free(&run->module.warnings);
    }
    free_module(&run->module);
    free(run);
    hk_arena_free(&ctx.arena);
    hk_arena_free(&ctx.scratch);
    return ok;
}

void herkos_free(HerkosResult *result)
{
    free(result->text);
    free(result->report);
    free(result->warnings);
    free(result->map);
    result->text = result->report = result->warnings = result->map = NULL;
}
