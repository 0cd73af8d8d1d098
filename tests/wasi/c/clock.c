/* Clocks and sleep: only what holds wherever it runs. */
#include <stdio.h>
#include <time.h>

static long long now(clockid_t clock)
{
    struct timespec time;

    if (clock_gettime(clock, &time) != 0)
        return -1;
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(void)
{
    struct timespec span = {0, 20 * 1000 * 1000}, resolution;
    long long begin = now(CLOCK_MONOTONIC), wall = now(CLOCK_REALTIME);

    printf("sleep: %d\n", nanosleep(&span, NULL));
    printf("slept: %d\n", now(CLOCK_MONOTONIC) - begin >= 20 * 1000 * 1000);
    printf("not for long: %d\n", now(CLOCK_MONOTONIC) - begin < 60 * 1000000000LL);
    printf("wall clock goes on: %d\n", now(CLOCK_REALTIME) >= wall);
    printf("a year: %d\n", time(NULL) > 1700000000);
    printf("clock_getres: %d\n", clock_getres(CLOCK_MONOTONIC, &resolution));
    printf("below a second: %d\n", resolution.tv_sec == 0 && resolution.tv_nsec > 0);
    return 0;
}
