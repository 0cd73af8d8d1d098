/* A ray tracer of spheres over a chequered plane, with shadows and reflections; vectors as structures by value. */
#include "bench.h"

enum { W = 48, H = 36, SPHERES = 6 };
typedef struct Vector {
    double x, y, z;
} Vector;
typedef struct Hit {
    double distance;
    Vector point, normal;
    double colour, mirror;
} Hit;

static struct {
    Vector centre;
    double radius, colour, mirror;
} spheres[SPHERES];

static Vector add(Vector a, Vector b) { return (Vector){a.x + b.x, a.y + b.y, a.z + b.z}; }
static Vector scale(Vector a, double f) { return (Vector){a.x * f, a.y * f, a.z * f}; }
static Vector minus(Vector a, Vector b) { return add(a, scale(b, -1)); }
static double dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
static Vector unit(Vector a) { return scale(a, 1 / __builtin_sqrt(dot(a, a))); }

static bool hit_sphere(int i, Vector from, Vector ray, Hit *hit)
{
    Vector to = minus(spheres[i].centre, from);
    double along = dot(to, ray), square = spheres[i].radius * spheres[i].radius - dot(to, to) + along * along;

    if (square < 0)
        return false;
    double root = __builtin_sqrt(square), distance = along - root > 1e-6 ? along - root : along + root;
    if (distance <= 1e-6 || distance >= hit->distance)
        return false;
    hit->distance = distance;
    hit->point = add(from, scale(ray, distance));
    hit->normal = unit(minus(hit->point, spheres[i].centre));
    hit->colour = spheres[i].colour;
    hit->mirror = spheres[i].mirror;
    return true;
}

static bool find_hit(Vector from, Vector ray, Hit *hit)
{
    bool found = false;

    hit->distance = 1e9;
    for (int i = 0; i < SPHERES; i++)
        found |= hit_sphere(i, from, ray, hit);
    if (ray.y < -1e-6 && (-1 - from.y) / ray.y < hit->distance && (-1 - from.y) / ray.y > 1e-6) {
        hit->distance = (-1 - from.y) / ray.y;
        hit->point = add(from, scale(ray, hit->distance));
        hit->normal = (Vector){0, 1, 0};
        bool dark = ((int)__builtin_floor(hit->point.x) + (int)__builtin_floor(hit->point.z)) & 1;
        hit->colour = dark ? 0.2 : 0.9;
        hit->mirror = 0.1;
        found = true;
    }
    return found && hit->distance < 100;
}

static double trace(Vector from, Vector ray, int depth)
{
    static const Vector light = {-4, 8, -3};
    Hit hit, shadow;

    if (!find_hit(from, ray, &hit))
        return 0.3 + 0.3 * ray.y;
    Vector to_light = unit(minus(light, hit.point));
    double lit = dot(hit.normal, to_light);
    if (lit < 0 || find_hit(hit.point, to_light, &shadow))
        lit = 0;
    double value = hit.colour * (0.2 + 0.8 * lit);
    if (depth && hit.mirror > 0) {
        Vector reflected = minus(ray, scale(hit.normal, 2 * dot(ray, hit.normal)));
        value = value * (1 - hit.mirror) + hit.mirror * trace(hit.point, reflected, depth - 1);
    }
    return value;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0, state = 3;

    for (int i = 0; i < SPHERES; i++) {
        spheres[i].centre = (Vector){(double)(random_from(&state) >> 24) / 40 - 3, (double)(i % 3) - 0.5,
                                     4 + (double)(random_from(&state) >> 24) / 50};
        spheres[i].radius = 0.5 + 0.15 * i;
        spheres[i].colour = 0.3 + 0.1 * i;
        spheres[i].mirror = i & 1 ? 0.5 : 0;
    }
    while (rounds--)
        for (int y = 0; y < H; y++)
            for (int x = 0; x < W; x++) {
                Vector ray = unit((Vector){(x - W / 2) / (double)W, (H / 2 - y) / (double)W, 1});
                double value = trace((Vector){0.01 * (rounds % 16), 0.5, 0}, ray, 3);
                sum = sum * 31 + (uint32_t)(value * 255);
            }
    return sum;
}
