/*
 * memory.c: the memory's type (WebAssembly specification, sections 3.2.5 and 5.3.8, and the
 * custom-page-sizes proposal), and the size of its storage, which the options have a say in.
 */
#include "hk.h"

enum { DEFAULT_PAGE_LOG2 = 16 };

/* ---- the type ---- */

/* The size of a page, as the exponent of two that stands behind the limits. */
static uint32_t read_page_size(HkReader *r)
{
    size_t offset = r->at;
    uint32_t log2 = hk_read_u32(r);

    if (log2 >= 64)
        hk_raise(r->ctx, HERKOS_PHASE_DECODE, offset, "invalid custom page size: 2^%lu bytes",
                 (unsigned long)log2);
    if (log2 != 0 && log2 != DEFAULT_PAGE_LOG2)
        hk_raise(r->ctx, HERKOS_PHASE_VALIDATE, offset,
                 "invalid custom page size: %llu bytes, where only 1 and 65536 are allowed",
                 1ull << log2);
    return UINT32_C(1) << log2;
}

void hk_read_memory(HkModule *m, HkReader *r, bool imported)
{
    size_t offset = r->at;
    uint8_t flags = hk_read_limits(r, &m->memory, HK_LIMITS_PAGE_SIZE);
    uint32_t page = flags & HK_LIMITS_PAGE_SIZE ? read_page_size(r) : HK_PAGE_SIZE;
    uint64_t most = page == 1 ? UINT32_MAX : HK_ADDRESS_SPACE / page;

    if (m->memory_count++)
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, offset,
                 "multiple memories: the multi-memory proposal is not supported");
    if (m->memory.min > most || (m->memory.has_max && m->memory.max > most))
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, offset,
                 "memory size must be at most 65536 pages (4GiB)");
    if (m->memory.has_max && m->memory.min > m->memory.max)
        hk_raise(m->ctx, HERKOS_PHASE_VALIDATE, offset,
                 "size minimum must not be greater than maximum");
    m->page_size = page;
    m->memory_imported = imported;
}

/* No memory has more bytes than there are addresses. */
bool hk_bounds_lent_memory(const HkModule *m)
{
    return m->memory_imported && m->memory.has_max &&
           m->memory.max * m->page_size < HK_ADDRESS_SPACE;
}

uint64_t hk_least_memory(const HkModule *m)
{
    return m->memory_imported ? m->memory.min * m->page_size : m->initial_bytes;
}

/* What an instance owns grows no further than this, though its storage may be the owner's and
 * larger. */
uint64_t hk_most_memory(const HkModule *m)
{
    if (!m->memory_imported)
        return m->memory_bytes;
    return hk_bounds_lent_memory(m) ? m->memory.max * m->page_size : UINT64_MAX;
}

/* The module owns a memory that nobody can grow. Known after hk_analyse_calls. */
bool hk_has_fixed_memory(const HkModule *m)
{
    return m->memory_count && !m->memory_grows && !m->options->opaque_memory;
}

/* ---- the storage ---- */

static void check_max_pages(const HkModule *m)
{
    uint32_t pages = m->options->max_pages;

    if (!pages)
        return;
    if (m->page_size != HK_PAGE_SIZE)
        hk_raise(m->ctx, HERKOS_PHASE_OPTIONS, 0,
                 "max-pages counts pages of 64 KiB, but this memory's have %lu byte; give "
                 "max-memory = BYTES instead",
                 (unsigned long)m->page_size);
    if (pages < m->memory.min)
        hk_raise(m->ctx, HERKOS_PHASE_OPTIONS, 0,
                 "max-pages = %lu is less than the module's initial memory of %lu pages",
                 (unsigned long)pages, (unsigned long)m->memory.min);
}

/* How far the memory may grow, in pages, as far as that is said in pages. A module that grows its
   memory and names no maximum may do so up to max-memory. */
static uint64_t most_pages(const HkModule *m)
{
    const HerkosOptions *o = m->options;

    if (o->max_pages && !(m->memory.has_max && m->memory.max < o->max_pages))
        return o->max_pages;
    if (m->memory.has_max)
        return m->memory.max;
    uint64_t cap = o->max_memory / m->page_size;
    return m->has_grow && cap > m->memory.min ? cap : m->memory.min;
}

/* A segment that lies beyond max-memory, but not beyond the memory that the module asks for, would
   make every instantiation fail: that is said now. */
static void check_segments(const HkModule *m)
{
    for (uint32_t i = 0; i < m->data_count; i++) {
        const HkData *data = &m->data[i];
        if (data->passive || data->offset.kind != HK_INIT_CONST)
            continue;
        uint64_t start = (uint32_t)data->offset.value, end = start + data->length;
        if (end > m->memory_bytes && end <= m->memory.min * m->page_size)
            hk_raise(m->ctx, HERKOS_PHASE_OPTIONS, data->offset.offset,
                     "max-memory = %llu is too small: data segment %lu fills the bytes %llu to "
                     "%llu of the memory",
                     (unsigned long long)m->options->max_memory, (unsigned long)i,
                     (unsigned long long)start, (unsigned long long)end);
    }
}

void hk_size_memory(HkModule *m)
{
    uint64_t cap = m->options->max_memory;

    if (!m->memory_count || m->memory_imported)
        return;
    check_max_pages(m);
    m->max_pages = most_pages(m);
    m->initial_bytes = m->memory.min * m->page_size;
    if (cap && cap < m->initial_bytes) {
        m->memory_capped = true;
        m->max_pages = m->memory.min;
        m->memory_bytes = m->initial_bytes = cap;
        check_segments(m);
        return;
    }
    if (cap && cap < m->max_pages * m->page_size)
        m->max_pages = cap / m->page_size;
    m->memory_bytes = m->max_pages * m->page_size;
}
