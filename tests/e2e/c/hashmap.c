/* A hash map with open addressing (64-bit hashes), and a bit set. */
#include "e2e.h"

enum { ROOM = 128 };
static struct {
    uint64_t key;
    int32_t value;
    uint8_t state;   /* 0 free, 1 used, 2 deleted */
} slots[ROOM];
static uint32_t used;
static uint64_t bits[16];

static uint64_t mix(uint64_t h)
{
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdu;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53u;
    return h ^ h >> 33;
}

static uint32_t slot_of(uint64_t key, bool insert)
{
    uint32_t i = (uint32_t)mix(key) % ROOM, grave = ROOM;

    for (uint32_t n = 0; n < ROOM; n++, i = (i + 1) % ROOM) {
        if (slots[i].state == 1 && slots[i].key == key)
            return i;
        if (slots[i].state == 2 && grave == ROOM)
            grave = i;
        if (slots[i].state == 0)
            return !insert ? ROOM : grave < ROOM ? grave : i;
    }
    return insert ? grave : ROOM;
}

int64_t EXPORT(map)(uint32_t seed, uint32_t steps, uint64_t keys)
{
    int64_t sum = 0;

    memset(slots, 0, sizeof slots);
    used = 0;
    random_start(seed);
    for (steps %= 300; steps; steps--) {
        uint64_t key = random_next() % (keys % 100 + 1) * 0x100000001u;
        uint32_t action = random_next() >> 4 & 3, i = slot_of(key, action < 2);
        if (i == ROOM)
            sum--;
        else if (action < 2) {
            used += slots[i].state != 1;
            slots[i].key = key;
            slots[i].value = (int32_t)steps;
            slots[i].state = 1;
        } else if (action == 2) {
            sum = sum * 3 + slots[i].value;
        } else {
            slots[i].state = 2;
            used--;
        }
    }
    return sum << 8 | used;
}

uint32_t EXPORT(bitset)(uint64_t start, uint32_t a, uint32_t b)
{
    uint32_t count = 0, first = 1024;

    for (int i = 0; i < 16; i++)
        bits[i] = start = start * 6364136223846793005u + 1442695040888963407u;
    bits[a % 1024 / 64] |= 1ull << (a & 63);
    bits[b % 1024 / 64] &= ~(1ull << (b & 63));
    for (uint32_t i = 0; i < 16; i++) {
        count += (uint32_t)__builtin_popcountll(bits[i]);
        if (bits[i] && first == 1024)
            first = i * 64 + (uint32_t)__builtin_ctzll(bits[i]);
    }
    return count << 16 | first << 6 | (uint32_t)__builtin_clzll(bits[15] | 1);
}
