/* Planets: sqrt, division, structures of doubles. */
#include "e2e.h"

typedef struct Body {
    double x, y, z, vx, vy, vz, mass;
} Body;

static Body bodies[5];

static double energy(void)
{
    double e = 0;

    for (int i = 0; i < 5; i++) {
        const Body *p = &bodies[i];
        e += 0.5 * p->mass * (p->vx * p->vx + p->vy * p->vy + p->vz * p->vz);
        for (int k = i + 1; k < 5; k++) {
            const Body *q = &bodies[k];
            double dx = p->x - q->x, dy = p->y - q->y, dz = p->z - q->z;
            e -= p->mass * q->mass / __builtin_sqrt(dx * dx + dy * dy + dz * dz);
        }
    }
    return e;
}

static void advance(double dt)
{
    for (int i = 0; i < 5; i++)
        for (int k = i + 1; k < 5; k++) {
            Body *p = &bodies[i], *q = &bodies[k];
            double dx = p->x - q->x, dy = p->y - q->y, dz = p->z - q->z;
            double d2 = dx * dx + dy * dy + dz * dz, mag = dt / (d2 * __builtin_sqrt(d2));
            p->vx -= dx * q->mass * mag;
            p->vy -= dy * q->mass * mag;
            p->vz -= dz * q->mass * mag;
            q->vx += dx * p->mass * mag;
            q->vy += dy * p->mass * mag;
            q->vz += dz * p->mass * mag;
        }
    for (int i = 0; i < 5; i++) {
        bodies[i].x += dt * bodies[i].vx;
        bodies[i].y += dt * bodies[i].vy;
        bodies[i].z += dt * bodies[i].vz;
    }
}

double EXPORT(nbody)(uint32_t seed, uint32_t steps)
{
    random_start(seed);
    for (int i = 0; i < 5; i++) {
        double *value = &bodies[i].x;
        for (int k = 0; k < 7; k++)
            value[k] = (double)(random_next() & 0xffff) / 4096.0 + 0.125 * k;
    }
    for (steps %= 20; steps; steps--)
        advance(0.01);
    return energy();
}
