/* Conway's Game of Life on a torus, drawn into a screen of UTF-8 text: two cells to a character. */
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name))) name

enum { WIDTH = 64, HEIGHT = 48 };

static uint8_t cells[2][HEIGHT][WIDTH];
static int now;

/* Three bytes of UTF-8 for each character, and an end of line; then the number of bytes. */
static char screen[HEIGHT / 2 * (WIDTH * 3 + 1)];
static uint32_t length;

const char *EXPORT(text)(void) { return screen; }
uint32_t EXPORT(text_length)(void) { return length; }

/* Fills the world from a xorshift generator; the same seed (not 0) gives the same world. */
void EXPORT(seed)(uint32_t state)
{
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            cells[now][y][x] = state % 4 == 0;
        }
}

static int neighbours(int x, int y)
{
    int count = -cells[now][y][x];

    for (int dy = HEIGHT - 1; dy <= HEIGHT + 1; dy++)
        for (int dx = WIDTH - 1; dx <= WIDTH + 1; dx++)
            count += cells[now][(y + dy) % HEIGHT][(x + dx) % WIDTH];
    return count;
}

/* One generation on; returns how many live. */
uint32_t EXPORT(step)(void)
{
    uint32_t alive = 0;

    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            int count = neighbours(x, y);
            uint8_t lives = count == 3 || (count == 2 && cells[now][y][x]);
            cells[!now][y][x] = lives;
            alive += lives;
        }
    now = !now;
    return alive;
}

static void put(const char *character)
{
    while (*character)
        screen[length++] = *character++;
}

void EXPORT(draw)(void)
{
    static const char *const halves[] = {" ", "\u2580", "\u2584", "\u2588"};

    length = 0;
    for (int y = 0; y < HEIGHT; y += 2) {
        for (int x = 0; x < WIDTH; x++)
            put(halves[cells[now][y][x] + 2 * cells[now][y + 1][x]]);
        put("\n");
    }
}
