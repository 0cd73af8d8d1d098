/*
 * test_demangle.c: demangle.c. What names become is what c++filt (GNU Binutils) makes of them, without hashes; the names are
 * of a program that rustc 1.95 compiled for wasm32-wasip1, and of RFC 2603.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *mangled, *demangled, *short_name;
} names[] = {
    {"_ZN1a4main17h1854dee5fd9945b4E", "a::main", "a_main"},
    {"_ZN52_$LT$a..A$LT$T$GT$$u20$as$u20$core..fmt..Display$GT$3fmt17h2707ffb0deeabd40E",
     "<a::A<T> as core::fmt::Display>::fmt", "A_fmt"},
    {"_ZN3std2rt10lang_start28_$u7b$$u7b$closure$u7d$$u7d$17h98355114bdd871c6E", "std::rt::lang_start::{{closure}}",
     "lang_start_{{closure"},
    {"_ZN4core3ops8function6FnOnce40call_once$u7b$$u7b$vtable.shim$u7d$$u7d$17h2554c2d02871a0a4E",
     "core::ops::function::FnOnce::call_once{{vtable.shim}}", "FnOnce_call_once{{vtable.shim"},
    {"_RNvCs6xxl1lAjzDf_1a4main", "a::main", "a_main"},
    {"_RNvCsfLfy6EI15iL_7___rustc12___rust_alloc", "__rustc::__rust_alloc", "__rustc___rust_alloc"},
    {"_RINvNtNtCset5xJoy1xWQ_3std3sys9backtrace28___rust_begin_short_backtraceFEuuECs6xxl1lAjzDf_1a",
     "std::sys::backtrace::__rust_begin_short_backtrace::<fn(), ()>", "backtrace___rust_begin_short_backtrace"},
    {"_RNSNvYNCINvNtCset5xJoy1xWQ_3std2rt10lang_startuE0INtNtNtCsdHhIpgkcIfN_4core3ops8function6FnOnceuE9call_once6vtable"
     "Cs6xxl1lAjzDf_1a",
     "<std::rt::lang_start<()>::{closure#0} as core::ops::function::FnOnce<()>>::call_once::{shim:vtable#0}",
     "call_once_{shim:vtable#0"},
    {"_RNCINvNtNtCset5xJoy1xWQ_3std6thread7current17with_current_nameNCNCNvNtB8_9panicking12default_hook00uE0B8_",
     "std::thread::current::with_current_name::<std::panicking::default_hook::{closure#0}::{closure#0}, ()>::{closure#0}",
     "with_current_name_{closure#0"},
    {"_RNvXs1i_NtCsdHhIpgkcIfN_4core3fmtReNtB6_7Display3fmtCset5xJoy1xWQ_3std", "<&str as core::fmt::Display>::fmt",
     "&str_fmt"},
    {"_RNvYINtNtNtCset5xJoy1xWQ_3std2io6cursor6CursorQShENtB7_5Write9write_fmtB9_",
     "<std::io::cursor::Cursor<&mut [u8]> as std::io::Write>::write_fmt", "Cursor_write_fmt"},
    {"_RNvMs4_NtCsi9YzqDQQz2q_5alloc7raw_vecNtB5_11RawVecInner11finish_growCset5xJoy1xWQ_3std",
     "<alloc::raw_vec::RawVecInner>::finish_grow", "RawVecInner_finish_grow"},
    {"_RINvNvMs2_NtCsi9YzqDQQz2q_5alloc7raw_vecINtB8_11RawVecInnerpE7reserve21do_reserve_and_handleNtNtBa_5alloc6Global"
     "ECset5xJoy1xWQ_3std",
     "<alloc::raw_vec::RawVecInner<_>>::reserve::do_reserve_and_handle::<alloc::alloc::Global>",
     "reserve_do_reserve_and_handle"},
    {"_RINvC1a1fAhj10_E", "a::f::<[u8; 0x10]>", "a_f"},
    {"_RINvC1a1fKb1_Kb0_Kj7_Kan5_KpE", "a::f::<true, false, 7, -5, _>", "a_f"},
    {"_RINvC1a1fTEThETmxEE", "a::f::<(), (u8,), (u32, i64)>", "a_f"},
    {"_RINvC1a1fPhOeRL_zE", "a::f::<*const u8, *mut str, &!>", "a_f"},
    {"_RINvC1a1fFUKChElE", "a::f::<unsafe extern \"C\" fn(u8) -> i32>", "a_f"},
    {"_RINvC1a1fDINtC1a1TuEp4Itemmp1BuNtB2_1UEL_E", "a::f::<dyn a::T<(), Item = u32, B = ()> + a::U>", "a_f"},
    {"_RINvC1a1fDNtC1a1Tp4ItemmEL_E", "a::f::<dyn a::T<Item = u32>>", "a_f"},
    {"_RINvC1a1fL_hE", "a::f::<'_, u8>", "a_f"},
    {"_RINvC1a1fKj7_KB8_E", "a::f::<7, 7>", "a_f"},
    {"_RINvC1a1fFG_RL0_hEuE", "a::f::<fn(&u8)>", "a_f"},
    {"_RINvC1a1fDG_NtC1a1TEL_E", "a::f::<dyn a::T>", "a_f"},
    {"_RNvC1a1f.llvm.1234", "a::f", "a_f"},
    /* Not mangled, or not by these schemes, or not to the end: as they are. */
    {"main", "main", "main"},
    {"_R", "_R", "_R"},
    {"_ZN1a4mainE", "_ZN1a4mainE", "_ZN1a4mainE"},
    {"_ZN1a4mainEi", "_ZN1a4mainEi", "_ZN1a4mainEi"},
    {"_ZN17h1854dee5fd9945b4E", "_ZN17h1854dee5fd9945b4E", "_ZN17h1854dee5fd9945b4E"},
    {"_ZN2$$17h1854dee5fd9945b4E", "_ZN2$$17h1854dee5fd9945b4E", "_ZN2$$17h1854dee5fd9945b4E"},
    {"_RNvC1a1fx", "_RNvC1a1fx", "_RNvC1a1fx"},
    {"_RNvC1au1f", "_RNvC1au1f", "_RNvC1au1f"},
    {"_RB_", "_RB_", "_RB_"},
    {"_RNvB_1a", "_RNvB_1a", "_RNvB_1a"},
    {"_RNvC1aBa_", "_RNvC1aBa_", "_RNvC1aBa_"},
    {"_RC99999999999999999999a", "_RC99999999999999999999a", "_RC99999999999999999999a"},
    /* As the linker leaves names of C++. */
    {"f(int)", "f(int)", "f(int)"},
    {"n::V<int>::get(int) const", "n::V<int>::get(int) const", "V_get"},
    {"(anonymous namespace)::g(char const*)", "(anonymous namespace)::g(char const*)", "(anonymous namespace)_g"},
    {"std::map<a::b, c<d>>::~map()", "std::map<a::b, c<d>>::~map()", "map_~map"},
    {"a::operator()(int)", "a::operator()(int)", "a_operator"},
    {"::", "::", "::"},
    {"a::<", "a::<", "a::<"},
    {"<<<<", "<<<<", "<<<<"},
};

START_TEST(demangled)
{
    Fixture fx;
    HkString name = {(const uint8_t *)names[_i].mangled, (uint32_t)strlen(names[_i].mangled)};

    fixture_begin(&fx);
    HkString whole = hk_demangle(&fx.ctx.arena, name);
    ck_assert_uint_eq(whole.length, strlen(names[_i].demangled));
    ck_assert_mem_eq(whole.bytes, names[_i].demangled, whole.length);
    HkString part = hk_short_name(&fx.ctx.arena, whole);
    ck_assert_msg(part.length == strlen(names[_i].short_name) &&
                      memcmp(part.bytes, names[_i].short_name, part.length) == 0,
                  "%s: %.*s", names[_i].short_name, (int)part.length, (const char *)part.bytes);
    fixture_end(&fx);
}
END_TEST

/* Each name cut off everywhere, and with each byte changed, in memory that ends where it does. */
START_TEST(damaged)
{
    static const char bytes[] = "0_sBENINMXYCQDFKu<>:$9";
    Fixture fx;
    size_t length = strlen(names[_i].mangled);

    fixture_begin(&fx);
    for (size_t end = 0; end <= length; end++)
        for (size_t with = 0; with < (end ? sizeof bytes : 1); with++) {
            uint8_t *copy = malloc(end ? end : 1);
            ck_assert_ptr_nonnull(copy);
            memcpy(copy, names[_i].mangled, end);
            if (with)
                copy[end - 1] = (uint8_t)bytes[with - 1];
            HkString whole = hk_demangle(&fx.ctx.arena, (HkString){copy, (uint32_t)end});
            ck_assert_uint_le(whole.length, 4 * end + 4);
            hk_short_name(&fx.ctx.arena, whole);
            free(copy);
        }
    fixture_end(&fx);
}
END_TEST

static size_t back_reference(char *text, size_t to)
{
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    return (size_t)sprintf(text, "B%c%c_", digits[(to - 1) / 62], digits[(to - 1) % 62]);
}

/* Each part names the one before it twice: 2^40 types, were there no limit. */
START_TEST(explosion)
{
    Fixture fx;
    char text[600] = "_RINvC1a1fTuuE";
    size_t length = strlen(text), at = 8;   /* places count from behind `_R` */

    fixture_begin(&fx);
    for (int i = 0; i < 40; i++) {
        size_t begin = length - 2;
        text[length++] = 'T';
        length += back_reference(text + length, at);
        length += back_reference(text + length, at);
        text[length++] = 'E';
        at = begin;
    }
    text[length++] = 'E';
    HkString name = hk_demangle(&fx.ctx.arena, (HkString){(const uint8_t *)text, (uint32_t)length});
    ck_assert_ptr_eq(name.bytes, text);
    fixture_end(&fx);
}
END_TEST

Suite *suite_demangle(void)
{
    Suite *suite = suite_create("demangle");
    TCase *tc = tcase_create("demangle");
    int count = (int)(sizeof names / sizeof *names);

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, demangled, 0, count);
    tcase_add_loop_test(tc, damaged, 0, count);
    tcase_add_test(tc, explosion);
    suite_add_tcase(suite, tc);
    return suite;
}
