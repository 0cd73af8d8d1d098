/*
 * Sorting of 8192 numbers: quicksort, merge sort, heap sort, radix sort; and of records through pointers with a
 * comparison.
 */
#include "bench.h"

enum { N = 8192 };
typedef struct Record {
    uint32_t key, value;
} Record;
static uint32_t a[N], b[N];
static Record records[N / 4];
static const Record *order[N / 4];

static void quicksort(uint32_t *x, int32_t n)
{
    while (n > 12) {
        uint32_t pivot = x[n / 2];
        int32_t i = 0, k = n - 1;
        while (i <= k) {
            while (x[i] < pivot)
                i++;
            while (x[k] > pivot)
                k--;
            if (i <= k) {
                uint32_t t = x[i];
                x[i++] = x[k];
                x[k--] = t;
            }
        }
        quicksort(x, k + 1);
        x += i;
        n -= i;
    }
    for (int32_t i = 1; i < n; i++) {
        uint32_t value = x[i];
        int32_t k = i;
        for (; k && x[k - 1] > value; k--)
            x[k] = x[k - 1];
        x[k] = value;
    }
}

static void merge_sort(void)
{
    uint32_t *from = a, *to = b;

    for (uint32_t width = 1; width < N; width *= 2) {
        for (uint32_t start = 0; start < N; start += 2 * width) {
            uint32_t i = start, k = start + width, middle = k, end = k + width, at = start;
            while (i < middle && k < end)
                to[at++] = from[i] <= from[k] ? from[i++] : from[k++];
            while (i < middle)
                to[at++] = from[i++];
            while (k < end)
                to[at++] = from[k++];
        }
        uint32_t *t = from;
        from = to;
        to = t;
    }
    if (from != a)
        memcpy(a, from, sizeof a);
}

static void sift(uint32_t at, uint32_t n)
{
    uint32_t value = a[at];

    for (uint32_t child; (child = 2 * at + 1) < n; at = child) {
        child += child + 1 < n && a[child + 1] > a[child];
        if (a[child] <= value)
            break;
        a[at] = a[child];
    }
    a[at] = value;
}

static void heap_sort(void)
{
    for (uint32_t i = N / 2; i-- > 0;)
        sift(i, N);
    for (uint32_t n = N; n-- > 1;) {
        uint32_t t = a[0];
        a[0] = a[n];
        a[n] = t;
        sift(0, n);
    }
}

static void radix_sort(void)
{
    uint32_t *from = a, *to = b;

    for (uint32_t shift = 0; shift < 32; shift += 8) {
        uint32_t starts[256] = {0}, sum = 0;
        for (uint32_t i = 0; i < N; i++)
            starts[from[i] >> shift & 255]++;
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t count = starts[i];
            starts[i] = sum;
            sum += count;
        }
        for (uint32_t i = 0; i < N; i++)
            to[starts[from[i] >> shift & 255]++] = from[i];
        uint32_t *t = from;
        from = to;
        to = t;
    }
}

static int by_key(const Record *x, const Record *y) { return x->key < y->key ? -1 : x->key > y->key; }
static int by_value(const Record *x, const Record *y) { return x->value < y->value ? -1 : x->value > y->value; }

static void shell_sort(int (*compare)(const Record *, const Record *))
{
    for (uint32_t gap = 701; gap; gap = gap * 4 / 9)
        for (uint32_t i = gap; i < N / 4; i++) {
            const Record *r = order[i];
            uint32_t k = i;
            for (; k >= gap && compare(order[k - gap], r) > 0; k -= gap)
                order[k] = order[k - gap];
            order[k] = r;
        }
}

static uint32_t state;

static void fill(void)
{
    for (int i = 0; i < N; i++)
        a[i] = random_from(&state);
}

static uint32_t check(uint32_t sum)
{
    for (int i = 1; i < N; i++)
        if (a[i - 1] > a[i])
            return 0;
    return fold(sum, a[N / 3]);
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 1;

    state = 1;
    while (rounds--) {
        fill();
        quicksort(a, N);
        sum = check(sum);
        fill();
        merge_sort();
        sum = check(sum);
        fill();
        heap_sort();
        sum = check(sum);
        fill();
        radix_sort();
        sum = check(sum);
        for (int i = 0; i < N / 4; i++) {
            records[i] = (Record){a[(i * 13) % N], random_from(&state)};
            order[i] = &records[i];
        }
        shell_sort(rounds & 1 ? by_key : by_value);
        sum = fold(sum, order[N / 8]->key ^ order[7]->value);
    }
    return sum;
}
