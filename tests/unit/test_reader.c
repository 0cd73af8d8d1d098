/*
 * test_reader.c: reader.c, arena.c and buf.c: numbers at their limits, truncated at every byte, text, memory.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

typedef enum Read { U32, U64, S32, S33, S64, F32, F64, NAME, U8 } Read;

typedef struct Job {
    HkReader r;
    Read read;
    uint64_t value;      /* signed ones sign-extended */
    HkString name;
} Job;

static void do_read(void *argument)
{
    Job *job = argument;

    switch (job->read) {
    case U32: job->value = hk_read_u32(&job->r); break;
    case U64: job->value = hk_read_u64(&job->r); break;
    case S32: job->value = (uint64_t)(int64_t)hk_read_s32(&job->r); break;
    case S33: job->value = (uint64_t)hk_read_s33(&job->r); break;
    case S64: job->value = (uint64_t)hk_read_s64(&job->r); break;
    case F32: job->value = hk_read_f32(&job->r); break;
    case F64: job->value = hk_read_f64(&job->r); break;
    case NAME: job->name = hk_read_name(&job->r); break;
    case U8: job->value = hk_read_u8(&job->r); break;
    }
}

typedef struct Number {
    Read read;
    const char *hex;
    uint64_t value;
    const char *error;   /* NULL: it is read, to its end */
} Number;

#define LONG "integer representation too long"
#define LARGE "integer too large"
#define S(value) ((uint64_t)INT64_C(value))

static const Number numbers[] = {
    {U32, "00", 0, NULL}, {U32, "7f", 127, NULL}, {U32, "80 01", 128, NULL}, {U32, "ff 7f", 16383, NULL},
    {U32, "80 80 01", 16384, NULL}, {U32, "ff ff 7f", 2097151, NULL}, {U32, "80 80 80 01", 2097152, NULL},
    {U32, "ff ff ff 7f", 268435455, NULL}, {U32, "80 80 80 80 01", 268435456, NULL},
    {U32, "ff ff ff ff 0f", UINT32_MAX, NULL}, {U32, "80 80 80 80 08", 0x80000000, NULL},
    {U32, "80 00", 0, NULL}, {U32, "83 80 80 80 00", 3, NULL},           /* padded, as linkers do */
    {U32, "ff ff ff ff 1f", 0, LARGE}, {U32, "80 80 80 80 10", 0, LARGE}, {U32, "80 80 80 80 40", 0, LARGE},
    {U32, "80 80 80 80 7f", 0, LARGE},
    {U32, "80 80 80 80 80 00", 0, LONG}, {U32, "ff ff ff ff 8f 00", 0, LONG}, {U32, "ff ff ff ff ff 0f", 0, LONG},

    {U64, "00", 0, NULL}, {U64, "ff ff ff ff 1f", UINT64_C(0x1ffffffff), NULL},
    {U64, "ff ff ff ff ff ff ff ff 7f", INT64_MAX, NULL},
    {U64, "ff ff ff ff ff ff ff ff ff 01", UINT64_MAX, NULL},
    {U64, "80 80 80 80 80 80 80 80 80 01", UINT64_C(1) << 63, NULL},
    {U64, "80 80 80 80 80 80 80 80 80 00", 0, NULL},
    {U64, "ff ff ff ff ff ff ff ff ff 02", 0, LARGE}, {U64, "80 80 80 80 80 80 80 80 80 7e", 0, LARGE},
    {U64, "80 80 80 80 80 80 80 80 80 80 00", 0, LONG},

    {S32, "00", 0, NULL}, {S32, "3f", 63, NULL}, {S32, "40", S(-64), NULL}, {S32, "7f", S(-1), NULL},
    {S32, "c0 00", 64, NULL}, {S32, "bf 7f", S(-65), NULL}, {S32, "80 7f", S(-128), NULL},
    {S32, "ff ff ff ff 07", INT32_MAX, NULL}, {S32, "80 80 80 80 78", S(-2147483648), NULL},
    {S32, "ff ff ff ff 7f", S(-1), NULL}, {S32, "80 80 80 80 00", 0, NULL}, {S32, "ff ff ff 3f", 0x7ffffff, NULL},
    {S32, "80 80 80 40", S(-134217728), NULL},
    {S32, "ff ff ff ff 0f", 0, LARGE}, {S32, "80 80 80 80 08", 0, LARGE}, {S32, "80 80 80 80 70", 0, LARGE},
    {S32, "ff ff ff ff 3f", 0, LARGE}, {S32, "ff ff ff ff 4f", 0, LARGE}, {S32, "80 80 80 80 40", 0, LARGE},
    {S32, "80 80 80 80 80 00", 0, LONG}, {S32, "ff ff ff ff ff 7f", 0, LONG},

    {S33, "40", S(-64), NULL}, {S33, "ff ff ff ff 0f", UINT32_MAX, NULL}, {S33, "80 80 80 80 70", S(-4294967296), NULL},
    {S33, "80 80 80 80 08", 0x80000000, NULL}, {S33, "ff ff ff ff 7f", S(-1), NULL},
    {S33, "80 80 80 80 10", 0, LARGE}, {S33, "ff ff ff ff 1f", 0, LARGE}, {S33, "80 80 80 80 60", 0, LARGE},
    {S33, "80 80 80 80 80 00", 0, LONG},

    {S64, "00", 0, NULL}, {S64, "7f", S(-1), NULL}, {S64, "80 80 80 80 78", S(-2147483648), NULL},
    {S64, "ff ff ff ff ff ff ff ff 3f", INT64_MAX >> 1, NULL},
    {S64, "80 80 80 80 80 80 80 80 40", (uint64_t)(INT64_MIN / 2), NULL},
    {S64, "ff ff ff ff ff ff ff ff ff 00", INT64_MAX, NULL},
    {S64, "80 80 80 80 80 80 80 80 80 7f", (uint64_t)INT64_MIN, NULL},
    {S64, "80 80 80 80 80 80 80 80 80 00", 0, NULL}, {S64, "ff ff ff ff ff ff ff ff ff 7f", S(-1), NULL},
    {S64, "ff ff ff ff ff ff ff ff ff 01", 0, LARGE}, {S64, "80 80 80 80 80 80 80 80 80 7e", 0, LARGE},
    {S64, "ff ff ff ff ff ff ff ff ff 3f", 0, LARGE}, {S64, "80 80 80 80 80 80 80 80 80 80 00", 0, LONG},

    {F32, "00 00 00 00", 0, NULL}, {F32, "00 00 80 3f", 0x3f800000, NULL}, {F32, "01 00 a0 ff", 0xffa00001, NULL},
    {F64, "18 2d 44 54 fb 21 09 40", UINT64_C(0x400921fb54442d18), NULL},
    {F64, "01 00 00 00 00 00 f4 7f", UINT64_C(0x7ff4000000000001), NULL},
    {U8, "ff", 255, NULL},
};

START_TEST(number)
{
    const Number *n = &numbers[_i];
    Fixture fx;
    Wasm bytes = {0};

    fixture_begin(&fx);
    w_hex(&bytes, "00");                                  /* the reader does not begin at the file's first byte */
    w_hex(&bytes, n->hex);
    Job job = {.r = {&fx.ctx, bytes.bytes, 1, bytes.length}, .read = n->read};
    bool raised = fixture_raises(&fx, do_read, &job);
    ck_assert_msg(raised == (n->error != NULL), "%s: %s", n->hex, raised ? fx.diagnostic.message : "was accepted");
    if (raised) {
        ck_assert_str_eq(fx.diagnostic.message, n->error);
        ck_assert_int_eq(fx.diagnostic.phase, HERKOS_PHASE_DECODE);
        ck_assert_uint_eq(fx.diagnostic.offset, 1);
    } else {
        ck_assert_msg(job.value == n->value, "%s is read as 0x%llx", n->hex, (unsigned long long)job.value);
        ck_assert_uint_eq(job.r.at, bytes.length);
    }
    w_free(&bytes);
    fixture_end(&fx);
}
END_TEST

/* Whatever is read, the input may end before any of its bytes. The bytes are malloc'd to their exact size, so that
   the address sanitizer sees a read past the end. */
START_TEST(truncated_number)
{
    const Number *n = &numbers[_i];
    Wasm whole = {0};

    if (n->error)
        return;
    w_hex(&whole, n->hex);
    for (size_t length = 0; length < whole.length; length++) {
        Fixture fx;
        fixture_begin(&fx);
        uint8_t *bytes = malloc(length ? length : 1);
        ck_assert_ptr_nonnull(bytes);
        memcpy(bytes, whole.bytes, length);
        Job job = {.r = {&fx.ctx, bytes, 0, length}, .read = n->read};
        ck_assert_msg(fixture_raises(&fx, do_read, &job), "%s: accepted with %lu bytes", n->hex, (unsigned long)length);
        ck_assert_str_eq(fx.diagnostic.message, "unexpected end");
        ck_assert_uint_eq(fx.diagnostic.offset, length);
        free(bytes);
        fixture_end(&fx);
    }
    w_free(&whole);
}
END_TEST

/* Every value near a power of two survives the encoder of these tests and the decoder. */
START_TEST(round_trip)
{
    Fixture fx;

    fixture_begin(&fx);
    for (int bit = 0; bit < 63; bit++)
        for (int64_t near = -2; near <= 2; near++)
            for (int sign = -1; sign <= 1; sign += 2) {
                int64_t value = ((INT64_C(1) << bit) + near) * sign;
                Wasm w = {0};
                w_s64(&w, value);
                Job job = {.r = {&fx.ctx, w.bytes, 0, w.length}, .read = S64};
                ck_assert(!fixture_raises(&fx, do_read, &job));
                ck_assert_int_eq((int64_t)job.value, value);
                ck_assert_uint_eq(job.r.at, w.length);
                bool fits = value >= INT32_MIN && value <= INT32_MAX;
                job = (Job){.r = {&fx.ctx, w.bytes, 0, w.length}, .read = S32};
                ck_assert_int_eq(!fixture_raises(&fx, do_read, &job), fits);
                w_free(&w);
            }
    fixture_end(&fx);
}
END_TEST

static const struct {
    const char *hex;
    bool good;
} utf8[] = {
    {"", true}, {"00", true}, {"61 62 63", true}, {"7f", true}, {"c2 80", true}, {"df bf", true},
    {"e0 a0 80", true}, {"ed 9f bf", true}, {"ee 80 80", true}, {"ef bf bf", true}, {"ef bb bf", true},
    {"f0 90 80 80", true}, {"f4 8f bf bf", true}, {"61 e2 82 ac 62", true},
    {"80", false}, {"bf", false}, {"c0 80", false}, {"c1 bf", false}, {"c2", false}, {"c2 00", false},
    {"c2 c0", false}, {"df", false}, {"e0 9f bf", false}, {"e0 a0", false}, {"e0 a0 7f", false},
    {"e0 a0 c0", false}, {"ed a0 80", false}, {"ed bf bf", false}, {"e1 80 e1", false},
    {"f0 8f bf bf", false}, {"f0 90 80", false}, {"f0 90 80 c0", false}, {"f4 90 80 80", false},
    {"f5 80 80 80", false}, {"f8 88 80 80 80", false}, {"fe", false}, {"ff", false}, {"61 ff", false},
};

START_TEST(text)
{
    Fixture fx;
    Wasm w = {0}, bytes = {0};

    fixture_begin(&fx);
    w_hex(&bytes, utf8[_i].hex);
    w_name_bytes(&w, bytes.bytes, bytes.length);
    Job job = {.r = {&fx.ctx, w.bytes, 0, w.length}, .read = NAME};
    ck_assert_int_eq(!fixture_raises(&fx, do_read, &job), utf8[_i].good);
    if (utf8[_i].good) {
        ck_assert_uint_eq(job.name.length, bytes.length);
        ck_assert_uint_eq(job.r.at, w.length);
    } else {
        ck_assert_str_eq(fx.diagnostic.message, "malformed UTF-8 encoding");
        ck_assert_uint_eq(fx.diagnostic.offset, 1);
    }
    w_free(&bytes);
    w_free(&w);
    fixture_end(&fx);
}
END_TEST

/* All sequences of one to three bytes, against a decoder that goes by code points. */
static bool is_text(const uint8_t *p, unsigned length)
{
    while (length) {
        unsigned more = *p < 0x80 ? 0 : (*p & 0xe0) == 0xc0 ? 1 : (*p & 0xf0) == 0xe0 ? 2 : (*p & 0xf8) == 0xf0 ? 3 : 9;
        if (more >= length)
            return false;
        uint32_t point = more ? *p & (0x3fu >> more) : *p;
        for (unsigned i = 1; i <= more; i++) {
            if ((p[i] & 0xc0) != 0x80)
                return false;
            point = point << 6 | (p[i] & 0x3f);
        }
        static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
        if (point < least[more] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
            return false;
        p += more + 1;
        length -= more + 1;
    }
    return true;
}

START_TEST(text_exhaustive)
{
    for (uint32_t n = 0; n < 1u << 24; n += n < 1u << 16 ? 1 : 31) {
        uint8_t bytes[4] = {(uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n, 0x80};
        for (unsigned length = 1; length <= 4; length++)
            if (hk_is_utf8((HkString){bytes, length}) != is_text(bytes, length))
                ck_abort_msg("%02x %02x %02x %02x, %u bytes", bytes[0], bytes[1], bytes[2], bytes[3], length);
    }
}
END_TEST

static void read_count(void *argument)
{
    Job *job = argument;

    job->value = hk_read_count(&job->r, (uint32_t)job->value);
}

static void read_part(void *argument)
{
    Job *job = argument;
    HkReader part = hk_read_part(&job->r, (uint32_t)job->value);

    ck_assert_uint_eq(part.end, job->r.at);
}

START_TEST(counts)
{
    static const uint8_t bytes[] = {3, 0, 0, 0, 0, 0, 0, 0, 0};
    Fixture fx;
    Job job = {.r = {&fx.ctx, bytes, 0, 7}, .value = 2};

    fixture_begin(&fx);
    ck_assert(!fixture_raises(&fx, read_count, &job));
    ck_assert_uint_eq(job.value, 3);
    job = (Job){.r = {&fx.ctx, bytes, 0, 6}, .value = 2};
    ck_assert(fixture_raises(&fx, read_count, &job));
    ck_assert_uint_eq(fx.diagnostic.offset, 0);
    job = (Job){.r = {&fx.ctx, bytes, 2, 9}, .value = 7};
    ck_assert(!fixture_raises(&fx, read_part, &job));
    ck_assert_uint_eq(job.r.at, 9);
    job = (Job){.r = {&fx.ctx, bytes, 2, 9}, .value = 8};
    ck_assert(fixture_raises(&fx, read_part, &job));
    job = (Job){.r = {&fx.ctx, bytes, 2, 9}, .value = UINT32_MAX};
    ck_assert(fixture_raises(&fx, read_part, &job));
    fixture_end(&fx);
}
END_TEST

START_TEST(arena)
{
    Fixture fx;

    fixture_begin(&fx);
    HkArena *arena = &fx.ctx.arena;
    uint8_t *last = NULL;
    for (size_t size = 0; size < 3000; size++) {
        uint8_t *object = hk_arena_alloc(arena, size);
        ck_assert_uint_eq((uintptr_t)object % _Alignof(max_align_t), 0);
        size_t zeroes = 0;
        while (zeroes < size && !object[zeroes])
            zeroes++;
        ck_assert_uint_eq(zeroes, size);
        memset(object, 0xff, size);
        ck_assert_ptr_ne(object, last);
        last = size ? object : NULL;
        if (size % 700 == 699)
            hk_arena_reset(arena);           /* what it gives again is zero again */
    }
    uint8_t *large = hk_arena_alloc(arena, 5000000);
    ck_assert_uint_eq(large[4999999], 0);
    hk_arena_reset(arena);
    hk_arena_reset(arena);
    uint64_t *array = hk_arena_array(arena, 1000, sizeof *array);
    ck_assert_uint_eq(array[999], 0);
    hk_arena_free(arena);
    hk_arena_free(arena);
    fixture_end(&fx);
}
END_TEST

static void huge_array(void *ctx)
{
    hk_arena_array(&((HkContext *)ctx)->arena, SIZE_MAX / 4, 8);
}

static void huge_object(void *ctx)
{
    hk_arena_alloc(&((HkContext *)ctx)->arena, SIZE_MAX - 3);
}

static void huge_growth(void *ctx)
{
    size_t capacity = 16;

    hk_grow(ctx, NULL, &capacity, SIZE_MAX - 5, 1);
}

START_TEST(out_of_memory)
{
    static void (*const jobs[])(void *) = {huge_array, huge_object, huge_growth};
    Fixture fx;

    fixture_begin(&fx);
    ck_assert(fixture_raises(&fx, jobs[_i], &fx.ctx));
    ck_assert_int_eq(fx.diagnostic.phase, HERKOS_PHASE_MEMORY);
    ck_assert_str_eq(fx.diagnostic.message, "out of memory");
    fixture_end(&fx);
}
END_TEST

START_TEST(buffer)
{
    Fixture fx;
    HkBuf buf = {.ctx = &fx.ctx};
    char *wide = malloc(5001);

    fixture_begin(&fx);
    ck_assert_ptr_nonnull(wide);
    memset(wide, 'w', 5000);
    wide[5000] = '\0';
    hk_buf_uint(&buf, 0);
    hk_buf_char(&buf, ' ');
    hk_buf_uint(&buf, UINT64_MAX);
    hk_buf_text(&buf, " ");
    hk_buf_int(&buf, INT64_MIN);
    hk_buf_bytes(&buf, " x", 2);
    hk_buf_int(&buf, -1);
    hk_buf_int(&buf, INT64_MAX);
    ck_assert_str_eq(buf.text, "0 18446744073709551615 -9223372036854775808 x-19223372036854775807");
    ck_assert_uint_eq(buf.length, strlen(buf.text));
    buf.length = 0;
    hk_buf_format(&buf, "%s|%d", wide, 7);
    ck_assert_uint_eq(buf.length, 5002);
    ck_assert_str_eq(buf.text + 5000, "|7");
    hk_buf_free(&buf);
    ck_assert_ptr_null(buf.text);
    free(wide);
    fixture_end(&fx);
}
END_TEST

Suite *suite_reader(void)
{
    Suite *suite = suite_create("reader");
    TCase *tc = tcase_create("reader");

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, number, 0, sizeof numbers / sizeof *numbers);
    tcase_add_loop_test(tc, truncated_number, 0, sizeof numbers / sizeof *numbers);
    tcase_add_test(tc, round_trip);
    tcase_add_loop_test(tc, text, 0, sizeof utf8 / sizeof *utf8);
    tcase_add_test(tc, text_exhaustive);
    tcase_add_test(tc, counts);
    tcase_add_test(tc, arena);
    tcase_add_loop_test(tc, out_of_memory, 0, 3);
    tcase_add_test(tc, buffer);
    suite_add_tcase(suite, tc);
    return suite;
}
