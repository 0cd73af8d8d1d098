/* Five bodies that attract one another, in double precision. */
#include "bench.h"

enum { BODIES = 5 };
static struct Body {
    double x, y, z, vx, vy, vz, mass;
} bodies[BODIES];

static void place(void)
{
    uint32_t state = 7;

    for (int i = 0; i < BODIES; i++) {
        double *value = &bodies[i].x;
        for (int k = 0; k < 6; k++)
            value[k] = ((double)(random_from(&state) >> 16) / 32768.0 - 1) * (k < 3 ? 10 : 1);
        bodies[i].mass = i ? 0.01 * i : 40;
    }
}

static void advance(double dt)
{
    for (int i = 0; i < BODIES; i++)
        for (int k = i + 1; k < BODIES; k++) {
            struct Body *p = &bodies[i], *q = &bodies[k];
            double dx = p->x - q->x, dy = p->y - q->y, dz = p->z - q->z;
            double square = dx * dx + dy * dy + dz * dz + 0.01, pull = dt / (square * __builtin_sqrt(square));
            p->vx -= dx * q->mass * pull;
            p->vy -= dy * q->mass * pull;
            p->vz -= dz * q->mass * pull;
            q->vx += dx * p->mass * pull;
            q->vy += dy * p->mass * pull;
            q->vz += dz * p->mass * pull;
        }
    for (int i = 0; i < BODIES; i++) {
        bodies[i].x += dt * bodies[i].vx;
        bodies[i].y += dt * bodies[i].vy;
        bodies[i].z += dt * bodies[i].vz;
    }
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    place();
    while (rounds--)
        advance(0.001);
    for (int i = 0; i < BODIES; i++)
        sum = fold_double(sum, bodies[i].x);
    return sum;
}
