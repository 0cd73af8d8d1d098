/* Methods by tables of functions: shapes of a drawing, filters in a chain with callbacks, expressions as trees of nodes. */
#include "bench.h"

typedef struct Shape Shape;
typedef struct Methods {
    int32_t (*area)(const Shape *);
    void (*move)(Shape *, int32_t dx, int32_t dy);
    bool (*contains)(const Shape *, int32_t x, int32_t y);
} Methods;
struct Shape {
    const Methods *methods;
    int32_t x, y, w, h;
};

static int32_t box_area(const Shape *s) { return s->w * s->h; }
static int32_t disc_area(const Shape *s) { return 355 * s->w * s->w / 113; }
static int32_t wedge_area(const Shape *s) { return s->w * s->h / 2; }
static void box_move(Shape *s, int32_t dx, int32_t dy) { s->x += dx; s->y += dy; }
static void disc_move(Shape *s, int32_t dx, int32_t dy) { s->x = (s->x + dx) % 512; s->y = (s->y + dy) % 512; }
static bool box_contains(const Shape *s, int32_t x, int32_t y)
{
    return x >= s->x && x < s->x + s->w && y >= s->y && y < s->y + s->h;
}
static bool disc_contains(const Shape *s, int32_t x, int32_t y)
{
    return (x - s->x) * (x - s->x) + (y - s->y) * (y - s->y) <= s->w * s->w;
}
static bool wedge_contains(const Shape *s, int32_t x, int32_t y)
{
    return box_contains(s, x, y) && (x - s->x) * s->h >= (y - s->y) * s->w;
}

static const Methods kinds[3] = {{box_area, box_move, box_contains},
                                 {disc_area, disc_move, disc_contains},
                                 {wedge_area, box_move, wedge_contains}};

enum { SHAPES = 64, NODES = 256 };
static Shape shapes[SHAPES];

static uint32_t draw(uint32_t seed)
{
    uint32_t sum = 0;

    for (int i = 0; i < SHAPES; i++) {
        uint32_t r = random_from(&seed);
        shapes[i] = (Shape){&kinds[r % 3], (int32_t)(r >> 8 & 255), (int32_t)(r >> 16 & 255),
                            5 + (int32_t)(r >> 24 & 63), 5 + (int32_t)(r >> 27)};
    }
    for (int turn = 0; turn < 20; turn++)
        for (int i = 0; i < SHAPES; i++) {
            Shape *s = &shapes[i];
            sum += (uint32_t)s->methods->area(s);
            s->methods->move(s, turn - i % 7, i % 5 - 2);
            sum = fold(sum, s->methods->contains(s, 10 * turn, 4 * i));
        }
    return sum;
}

typedef struct Filter {
    int32_t (*apply)(struct Filter *, int32_t);
    int32_t state, parameter;
} Filter;

static int32_t smooth(Filter *f, int32_t x) { return f->state += (x - f->state) / f->parameter; }
static int32_t differ(Filter *f, int32_t x)
{
    int32_t before = f->state;
    f->state = x;
    return x - before;
}
static int32_t limit(Filter *f, int32_t x)
{
    return x > f->parameter ? f->parameter : x < -f->parameter ? -f->parameter : x;
}
static int32_t scale(Filter *f, int32_t x) { return (x * f->parameter) >> 4; }

static uint32_t filter(uint32_t seed)
{
    Filter chain[6] = {{smooth, 0, 4}, {scale, 0, 20}, {differ, 0, 0}, {limit, 0, 500}, {smooth, 0, 3}, {scale, 0, 9}};
    uint32_t sum = 0;

    for (int i = 0; i < 500; i++) {
        int32_t x = (int32_t)(random_from(&seed) >> 20);
        for (int k = 0; k < 6; k++)
            x = chain[k].apply(&chain[k], x);
        sum = fold(sum, (uint32_t)x);
    }
    return sum;
}

typedef struct Node Node;
struct Node {
    int32_t (*value)(const Node *);
    const Node *left, *right;
    int32_t constant;
};
static Node nodes[NODES];

static int32_t leaf(const Node *n) { return n->constant; }
static int32_t sum_of(const Node *n)
{
    return (int32_t)((uint32_t)n->left->value(n->left) + (uint32_t)n->right->value(n->right));
}
static int32_t product(const Node *n)
{
    return (int32_t)((uint32_t)n->left->value(n->left) * (uint32_t)n->right->value(n->right));
}
static int32_t least(const Node *n)
{
    int32_t a = n->left->value(n->left), b = n->right->value(n->right);
    return a < b ? a : b;
}
static int32_t negative(const Node *n) { return (int32_t)(0u - (uint32_t)n->left->value(n->left)); }

/* A heap-shaped tree, so that each node is used once. */
static uint32_t expression(uint32_t seed)
{
    static int32_t (*const inner[4])(const Node *) = {sum_of, product, least, negative};

    for (uint32_t i = NODES; i-- > 1;) {
        uint32_t r = random_from(&seed) >> 8;
        bool is_leaf = 2 * i + 1 >= NODES;
        nodes[i] = (Node){is_leaf ? leaf : inner[r & 3], is_leaf ? NULL : &nodes[2 * i],
                          is_leaf ? NULL : &nodes[2 * i + 1], (int32_t)(r % 1000)};
    }
    return (uint32_t)nodes[1].value(&nodes[1]);
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    while (rounds--) {
        sum = fold(sum, draw(rounds + 1));
        sum = fold(sum, filter(rounds + 1));
        for (uint32_t i = 0; i < 5; i++)
            sum = fold(sum, expression(rounds * 5 + i + 1));
    }
    return sum;
}
