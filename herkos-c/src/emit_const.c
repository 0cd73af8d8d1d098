/*
 * emit_const.c: constants, as Rust's literals and as what globals and elements begin with.
 */
#include "tree.h"

#include <float.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The shortest of the decimal forms that read back as the same bits, found by trying; the C library
   rounds both ways correctly. Of the locale only the decimal point matters. */
static bool shortest_decimal(char *text, size_t size, double value, bool single)
{
    const char *point = localeconv()->decimal_point;

    bool tiny = value < (single ? (double)FLT_MIN : DBL_MIN) &&
                value > -(single ? (double)FLT_MIN : DBL_MIN); /* subnormals have fewer digits */

    for (int digits = tiny ? 1 : single ? 6 : 15; digits <= (single ? 9 : 17); digits++) {
        snprintf(text, size, "%.*g", digits, value);
        bool same = single ? strtof(text, NULL) == (float)value : strtod(text, NULL) == value;
        if (!same)
            continue;
        char *at = strstr(text, point);
        if (at) {
            memmove(at + 1, at + strlen(point), strlen(at + strlen(point)) + 1);
            *at = '.';
        }
        return true;
    }
    return false;
}

static void emit_float(HkBuf *out, uint8_t type, uint64_t bits, bool suffix)
{
    bool single = type == HK_F32;
    uint32_t bits32 = (uint32_t)bits;
    float value32;
    double value;
    char text[64];

    memcpy(&value32, &bits32, sizeof value32);
    memcpy(&value, &bits, sizeof value);
    if (single)
        value = (double)value32;
    if (value != value || value > DBL_MAX || value < -DBL_MAX ||
        !shortest_decimal(text, sizeof text, value, single)) {
        hk_buf_format(out, single ? "f32::from_bits(0x%08llx)" : "f64::from_bits(0x%016llx)",
                      (unsigned long long)bits);
        return;
    }
    hk_buf_text(out, text);
    if (!strpbrk(text, ".e"))
        hk_buf_text(out, ".0");
    if (suffix)
        hk_buf_text(out, single ? "_f32" : "_f64");
}

void hk_emit_const(HkBuf *out, uint8_t type, uint64_t bits, bool suffix)
{
    if (type == HK_F32 || type == HK_F64) {
        emit_float(out, type, bits, suffix);
        return;
    }
    hk_buf_int(out, type == HK_I32 ? (int32_t)bits : (int64_t)bits);
    if (suffix)
        hk_buf_text(out, type == HK_I32 ? "_i32" : "_i64");
}

/* The number by which references know a type: equal for equal types of a module, and begun at a
   place that the module's hash chooses, so that a reference which a host carries to another module
   fits no type there and traps instead of calling what happens to have its number. */
uint32_t hk_type_number(const HkModule *m, uint32_t type)
{
    return m->type_base + m->types[type].canonical;
}

void hk_emit_init(HkBuf *out, const HkModule *m, const HkInit *init)
{
    if (init->kind == HK_INIT_FUNC)
        hk_buf_format(out, "FuncRef::new(%lu, %lu)",
                      (unsigned long)hk_type_number(m, m->funcs[init->value].type),
                      (unsigned long)init->value);
    else if (init->kind == HK_INIT_NULL)
        hk_buf_text(out, hk_type_zero(init->type));
    else if (init->type == HK_V128)
        hk_emit_vector(out, m, init->value);
    else
        hk_emit_const(out, init->type, init->value, false);
}
