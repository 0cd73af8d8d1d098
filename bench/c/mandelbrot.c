/* The Mandelbrot set in doubles and in fixed point, and a Julia set in floats. */
#include "bench.h"

enum { W = 64, H = 48, MOST = 100 };
static uint8_t picture[H][W];

static void mandelbrot(double cx, double cy, double width)
{
    for (int row = 0; row < H; row++)
        for (int col = 0; col < W; col++) {
            double x = 0, y = 0, a = cx + (col - W / 2) * width / W, b = cy + (row - H / 2) * width / W;
            int n = 0;
            for (; n < MOST && x * x + y * y <= 4; n++) {
                double t = x * x - y * y + a;
                y = 2 * x * y + b;
                x = t;
            }
            picture[row][col] = (uint8_t)n;
        }
}

/* Numbers scaled by 2^24. */
static void fixed(int32_t cx, int32_t cy, int32_t step)
{
    for (int row = 0; row < H; row++)
        for (int col = 0; col < W; col++) {
            int64_t x = 0, y = 0, a = cx + (col - W / 2) * step, b = cy + (row - H / 2) * step;
            int n = 0;
            for (; n < MOST && x * x + y * y <= (int64_t)4 << 48; n++) {
                int64_t t = ((x * x - y * y) >> 24) + a;
                y = (x * y >> 23) + b;
                x = t;
            }
            picture[row][col] ^= (uint8_t)n;
        }
}

static void julia(float a, float b)
{
    for (int row = 0; row < H; row++)
        for (int col = 0; col < W; col++) {
            float x = (float)(col - W / 2) * (3.0f / W), y = (float)(row - H / 2) * (2.0f / H);
            int n = 0;
            for (; n < MOST && x * x + y * y <= 4; n++) {
                float t = x * x - y * y + a;
                y = 2 * x * y + b;
                x = t;
            }
            picture[row][col] ^= (uint8_t)n;
        }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < rounds; i++) {
        mandelbrot(-0.7, 0.1 * (i % 4), 2.5);
        fixed(-11744051, (int32_t)(i % 5) * 1000000, 655360);
        julia(-0.8f, 0.156f + 0.001f * (float)(i % 7));
        for (int row = 0; row < H; row++)
            for (int col = 0; col < W; col++)
                sum = sum * 31 + picture[row][col];
    }
    return sum;
}
