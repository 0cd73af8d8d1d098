/* Permutations, many small loops over arrays. */
#include "e2e.h"

static uint32_t perm[8], perm1[8], count[8];

uint32_t EXPORT(fannkuch)(uint32_t n)
{
    uint32_t flips_most = 0, check = 0, nth = 0, r;

    n = r = n % 6 + 1;
    for (uint32_t i = 0; i < n; i++)
        perm1[i] = i;
    for (;;) {
        for (; r != 1; r--)
            count[r - 1] = r;
        for (uint32_t i = 0; i < n; i++)
            perm[i] = perm1[i];
        uint32_t flips = 0, k;
        while ((k = perm[0]) != 0) {
            for (uint32_t i = 0, j = k; i < j; i++, j--) {
                uint32_t t = perm[i];
                perm[i] = perm[j];
                perm[j] = t;
            }
            flips++;
        }
        if (flips > flips_most)
            flips_most = flips;
        check += nth++ % 2 ? 0u - flips : flips;
        for (;;) {
            if (r == n)
                return check << 8 | flips_most;
            uint32_t first = perm1[0];
            for (uint32_t i = 0; i < r; i++)
                perm1[i] = perm1[i + 1];
            perm1[r] = first;
            if (--count[r] > 0)
                break;
            r++;
        }
    }
}
