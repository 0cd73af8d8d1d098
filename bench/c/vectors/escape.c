/* Mandelbrot's set, four points at once: floats, comparisons, and a loop that ends when all lanes have. */
#include "vectors.h"

enum { W = 64, H = 48, MOST = 100 };

static i32x4 turns(f32x4 x, f32x4 y)
{
    f32x4 re = x, im = y;
    i32x4 count = {0};

    for (int i = 0; i < MOST; i++) {
        f32x4 re2 = re * re, im2 = im * im;
        i32x4 inside = re2 + im2 <= 4.0f;
        if (!signs((u8x16)inside))
            break;
        count -= inside;
        im = re * im * 2 + y;
        re = re2 - im2 + x;
        /* Those outside stay where they are, lest they grow to infinity. */
        re = (f32x4)((i32x4)re & inside) + (f32x4)(~inside & (i32x4)((f32x4){} + 4));
        im = (f32x4)((i32x4)im & inside);
    }
    return count;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    while (rounds--)
        for (int y = 0; y < H; y++)
            for (int x = 0; x < W; x += 4) {
                f32x4 re = ((f32x4){0, 1, 2, 3} + (float)x) * (3.0f / W) - 2.2f;
                i32x4 count = turns(re, (f32x4){} + ((float)y * (2.4f / H) - 1.2f + (float)rounds / 1024));
                sum = fold(sum, (uint32_t)(count[0] + count[1] * 3 + count[2] * 5 + count[3] * 7));
            }
    return sum;
}
