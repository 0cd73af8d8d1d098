/* Records and text allocated one after the other from memory that grows; natively from an array as large. */
#include "size.h"

enum { PAGE = 65536 };
typedef struct Word {
    struct Word *next;
    uint32_t length, count;
    char text[];
} Word;

static Word *buckets[64];
static uint8_t *place;
static uint32_t left;

#ifdef __wasm__
static uint8_t *more(void)
{
    int32_t page = (int32_t)__builtin_wasm_memory_grow(0, 1);

    return page < 0 ? NULL : (uint8_t *)(page * PAGE);
}
#else
static uint8_t *more(void)
{
    static _Alignas(8) uint8_t pages[PAGE];
    static bool given;
    bool first = !given;

    given = true;
    return first ? pages : NULL;
}
#endif

static void *allocate(uint32_t bytes)
{
    bytes = (bytes + 3) & ~3u;
    if (bytes > left) {
        place = more();
        left = place ? PAGE : 0;
        if (!place)
            return NULL;
    }
    uint8_t *got = place;
    place += bytes;
    left -= bytes;
    return got;
}

static Word *look_up(const char *text, uint32_t length)
{
    uint32_t hash = 0;

    for (uint32_t i = 0; i < length; i++)
        hash = fold(hash, (uint8_t)text[i]);
    Word **p = &buckets[hash % 64];
    for (; *p; p = &(*p)->next) {
        uint32_t i = 0;
        while (i < length && i < (*p)->length && (*p)->text[i] == text[i])
            i++;
        if (i == length && i == (*p)->length)
            return *p;
    }
    Word *word = allocate(24 + length);
    if (!word)
        return NULL;
    word->next = NULL;
    word->length = length;
    word->count = 0;
    for (uint32_t i = 0; i < length; i++)
        word->text[i] = text[i];
    return *p = word;
}

uint32_t run(uint32_t rounds)
{
    uint32_t random = 1, sum = 0;

    for (uint32_t i = 0; i < 100 * rounds; i++) {
        char text[8];
        random = random * 1664525u + 1013904223u;
        uint32_t length = 1 + (random >> 30) + (random >> 20 & 3);
        for (uint32_t k = 0; k < length; k++)
            text[k] = (char)('a' + (random >> (8 + 2 * k) & 3));
        Word *word = look_up(text, length);
        if (!word)
            return 0;
        sum = fold(sum, ++word->count);
    }
    for (int i = 0; i < 64; i++)
        for (Word *word = buckets[i]; word; word = word->next)
            sum += word->count * word->length;
    return sum;
}
