/* Mandelbrot and Julia sets, and conversions between floats and integers. */
#include "e2e.h"

static uint8_t picture[16][24];

uint32_t EXPORT(mandelbrot)(double cx, double cy, double width)
{
    uint32_t sum = 0;

    for (int row = 0; row < 16; row++)
        for (int col = 0; col < 24; col++) {
            double x = 0, y = 0, a = cx + (col - 12) * width / 24, b = cy + (row - 8) * width / 24;
            int n = 0;
            while (n < 30 && x * x + y * y <= 4) {
                double t = x * x - y * y + a;
                y = 2 * x * y + b;
                x = t;
                n++;
            }
            picture[row][col] = (uint8_t)n;
            sum = sum * 31 + (uint32_t)n;
        }
    return sum;
}

uint32_t EXPORT(julia)(float a, float b)
{
    uint32_t sum = 0;

    for (int row = 0; row < 16; row++)
        for (int col = 0; col < 24; col++) {
            float x = (float)(col - 12) * 0.125f, y = (float)(row - 8) * 0.2f;
            int n = 0;
            for (; n < 20 && !(x * x + y * y > 4); n++) {
                float t = x * x - y * y + a;
                y = 2 * x * y + b;
                x = t;
            }
            picture[row][col] ^= (uint8_t)n;
            sum += (uint32_t)(n * row) ^ (uint32_t)col;
        }
    return sum;
}

/* Casts that are undefined in C for most values: the instructions trap or saturate. */
int32_t EXPORT(to_int)(double x) { return (int32_t)x; }
uint32_t EXPORT(to_uint)(float x) { return (uint32_t)x; }
int64_t EXPORT(to_long)(double x) { return (int64_t)x; }
uint64_t EXPORT(to_ulong)(float x) { return (uint64_t)x; }
double EXPORT(from_ulong)(uint64_t x) { return (double)x; }
float EXPORT(from_long)(int64_t x) { return (float)x; }
