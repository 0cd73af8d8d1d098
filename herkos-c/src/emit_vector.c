/*
 * emit_vector.c: the immediates of vector instructions that have 16 bytes. Instructions and trees
 * hold where in the input the bytes stand.
 */
#include "tree.h"

#include <stdio.h>

/* Byte 0 of a vector is its least significant one (4.3.4). */
void hk_emit_vector(HkBuf *out, const HkModule *m, uint64_t at)
{
    unsigned top = 16;

    while (top && !m->bytes[at + top - 1])
        top--;
    if (!top) {
        hk_buf_text(out, hk_type_zero(HK_V128));
        return;
    }
    hk_buf_text(out, "V128::from_bits(0x");
    while (top--)
        hk_buf_format(out, "%02x", m->bytes[at + top]);
    hk_buf_char(out, ')');
}

/* Lanes of a shuffle are a constant of their own, since so long an argument would leave no room on
 * the line. Its name holds them in base 32, so equal ones are one constant. */
const char *hk_lanes_ident(HkModule *m, uint64_t at)
{
    char ident[HK_LANES_WIDTH + 1] = "LANES_";

    for (unsigned i = 0; i < 16; i++)
        ident[strlen("LANES_") + i] = "0123456789ABCDEFGHIJKLMNOPQRSTUV"[m->bytes[at + i] & 31];
    const char *known = hk_names_find(&m->lanes_names, ident);
    if (known)
        return known;
    HkShuffle *shuffle = HK_NEW(&m->ctx->arena, HkShuffle);
    char *kept = hk_arena_alloc(&m->ctx->arena, sizeof ident);
    strcpy(kept, ident);
    *shuffle = (HkShuffle){m->shuffles, kept, at};
    m->shuffles = shuffle;
    hk_names_take(&m->lanes_names, kept);
    return kept;
}

/* As rustfmt breaks them: arrays of more than 60 columns have lines of their own. */
void hk_emit_lanes(const HkModule *m, HkBuf *out)
{
    enum { HEAD = 20 + HK_LANES_WIDTH, TAIL = 2, ARRAY = 60 };
    char lanes[80];

    for (const HkShuffle *shuffle = m->shuffles; shuffle; shuffle = shuffle->next) {
        int length = 0;
        for (unsigned i = 0; i < 16; i++)
            length += sprintf(lanes + length, "%s%u", i ? ", " : "", m->bytes[shuffle->at + i]);
        hk_buf_format(out, "\nconst %s: [u8; 16] =", shuffle->ident);
        hk_buf_format(out,
                      length > ARRAY                   ? " [\n    %s,\n];\n"
                      : HEAD + length + TAIL > HK_LINE ? "\n    [%s];\n"
                                                       : " [%s];\n",
                      lanes);
    }
}
