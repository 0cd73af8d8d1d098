/* qsort with a comparison function, heap sort, merge sort and insertion sort of signed numbers. */
#include "e2e.h"

static int32_t numbers[256], scratch[256];

typedef int (*Compare)(const void *, const void *);

static int up(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static int down(const void *a, const void *b) { return up(b, a); }

static int by_low_bits(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a & 0xff, y = *(const uint32_t *)b & 0xff;
    return x != y ? (x > y) - (x < y) : up(a, b);
}

static void swap_bytes(char *a, char *b, size_t size)
{
    while (size--) {
        char t = *a;
        *a++ = *b;
        *b++ = t;
    }
}

static void quicksort(void *base, size_t count, size_t size, Compare compare)
{
    char *items = base;

    while (count > 1) {
        char *pivot = items + (count - 1) * size;
        size_t small = 0;
        swap_bytes(items + count / 2 * size, pivot, size);
        for (size_t i = 0; i + 1 < count; i++)
            if (compare(items + i * size, pivot) < 0)
                swap_bytes(items + i * size, items + small++ * size, size);
        swap_bytes(items + small * size, pivot, size);
        quicksort(items, small, size, compare);
        items += (small + 1) * size;
        count -= small + 1;
    }
}

static void sift(int32_t *a, uint32_t root, uint32_t end)
{
    for (uint32_t child; (child = 2 * root + 1) < end; root = child) {
        if (child + 1 < end && a[child] < a[child + 1])
            child++;
        if (a[root] >= a[child])
            return;
        int32_t t = a[root];
        a[root] = a[child];
        a[child] = t;
    }
}

static void heapsort(int32_t *a, uint32_t n)
{
    for (uint32_t i = n / 2; i-- > 0;)
        sift(a, i, n);
    for (uint32_t end = n; end-- > 1;) {
        int32_t t = a[0];
        a[0] = a[end];
        a[end] = t;
        sift(a, 0, end);
    }
}

static void mergesort(int32_t *a, uint32_t n)
{
    if (n < 2)
        return;
    uint32_t half = n / 2, i = 0, k = half, out = 0;
    mergesort(a, half);
    mergesort(a + half, n - half);
    while (i < half || k < n)
        scratch[out++] = k >= n || (i < half && a[i] <= a[k]) ? a[i++] : a[k++];
    for (i = 0; i < n; i++)
        a[i] = scratch[i];
}

static void insertion(int32_t *a, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        int32_t x = a[i], k = i - 1;
        while (k >= 0 && a[k] > x) {
            a[k + 1] = a[k];
            k--;
        }
        a[k + 1] = x;
    }
}

/* Sorts and gives the number of places out of order afterwards, and a mix of the first and last. */
uint32_t EXPORT(sort)(uint32_t seed, uint32_t count, uint32_t kind)
{
    static const Compare compares[] = {up, down, by_low_bits, NULL};
    uint32_t wrong = 0;

    count %= kind % 8 == 7 ? 64 : 200;
    random_start(seed);
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = (int32_t)random_next() >> (seed & 31);
    switch (kind % 8) {
    case 4: heapsort(numbers, count); break;
    case 5: mergesort(numbers, count); break;
    case 6:
    case 7: insertion(numbers, (int32_t)count); break;
    default: quicksort(numbers, count, sizeof *numbers, compares[kind % 8]);   /* 3: a null pointer, called */
    }
    for (uint32_t i = 1; i < count; i++)
        wrong += numbers[i - 1] > numbers[i];
    return wrong << 16 ^ (uint32_t)numbers[0] ^ (uint32_t)numbers[count];
}
