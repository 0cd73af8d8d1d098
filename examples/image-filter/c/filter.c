/* Filters for a picture of 8-bit RGB pixels, in place. It needs no C library and no heap. */
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name))) name

enum { MOST_PIXELS = 256 * 256 };

static uint8_t pixels[MOST_PIXELS][3];
static uint8_t copy[MOST_PIXELS][3];
static int width, height;

/* Where a picture of this size goes, row by row; 0 if it is too large. */
uint8_t *EXPORT(picture)(uint32_t columns, uint32_t rows)
{
    if (columns == 0 || rows == 0 || columns > MOST_PIXELS / rows)
        return 0;
    width = (int)columns;
    height = (int)rows;
    return pixels[0];
}

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

/* The mean of 2 * radius + 1 pixels along a line; what lies beyond an end is like the end. */
static void smooth_line(const uint8_t *from, uint8_t *to, int count, int stride, int radius)
{
    int sum = 0;

    for (int i = -radius; i <= radius; i++)
        sum += from[clamp(i, 0, count - 1) * stride];
    for (int i = 0; i < count; i++) {
        to[i * stride] = (uint8_t)((sum + radius) / (2 * radius + 1));
        sum += from[clamp(i + radius + 1, 0, count - 1) * stride];
        sum -= from[clamp(i - radius, 0, count - 1) * stride];
    }
}

/* Three box filters in each direction: close to a Gaussian of radius * radius + radius variance. */
void EXPORT(blur)(int32_t radius)
{
    radius = clamp(radius, 0, 64);
    for (int pass = 0; pass < 3; pass++)
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < height; y++)
                smooth_line(&pixels[y * width][channel], &copy[y * width][channel], width, 3, radius);
            for (int x = 0; x < width; x++)
                smooth_line(&copy[x][channel], &pixels[x][channel], height, 3 * width, radius);
        }
}

static int luma_at(int x, int y)
{
    const uint8_t *pixel = copy[clamp(y, 0, height - 1) * width + clamp(x, 0, width - 1)];
    return (77 * pixel[0] + 150 * pixel[1] + 29 * pixel[2]) >> 8;
}

/* Sobel's operator on brightness: the steeper, the darker. */
void EXPORT(edges)(void)
{
    __builtin_memcpy(copy, pixels, (uint32_t)(width * height) * 3);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            int across = 0, down = 0;
            for (int i = -1; i <= 1; i++) {
                int weight = i ? 1 : 2;
                across += weight * (luma_at(x + 1, y + i) - luma_at(x - 1, y + i));
                down += weight * (luma_at(x + i, y + 1) - luma_at(x + i, y - 1));
            }
            int steep = (across < 0 ? -across : across) + (down < 0 ? -down : down);
            __builtin_memset(pixels[y * width + x], clamp(255 - steep, 0, 255), 3);
        }
}

static void spread(int x, int y, int channel, int error)
{
    if (x >= 0 && x < width && y < height) {
        uint8_t *value = &pixels[y * width + x][channel];
        *value = (uint8_t)clamp(*value + error, 0, 255);
    }
}

/* Floyd and Steinberg's dithering to so many levels (2 to 256) of each colour. */
void EXPORT(dither)(int32_t levels)
{
    int steps = clamp(levels, 2, 256) - 1;

    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int channel = 0; channel < 3; channel++) {
                uint8_t *value = &pixels[y * width + x][channel];
                int level = (*value * steps + 127) / 255 * 255 / steps;
                int error = *value - level;
                *value = (uint8_t)level;
                spread(x + 1, y, channel, error * 7 / 16);
                spread(x - 1, y + 1, channel, error * 3 / 16);
                spread(x, y + 1, channel, error * 5 / 16);
                spread(x + 1, y + 1, channel, error / 16);
            }
}
