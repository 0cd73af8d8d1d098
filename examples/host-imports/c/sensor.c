/*
 * A controller that somebody else wrote. It can read the clock, read a sensor and write to a log,
 * because its host grants these three; there is no other way out of it.
 */
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name))) name
#define IMPORT(module, name) __attribute__((import_module(#module), import_name(#name)))

IMPORT(env, log) void log_text(const char *text, uint32_t length);
IMPORT(env, milliseconds) uint64_t milliseconds(void);
IMPORT(sensor, read_celsius) float read_celsius(uint32_t channel);

static void say(const char *text)
{
    uint32_t length = 0;

    while (text[length])
        length++;
    log_text(text, length);
}

static float highest;
static uint64_t highest_at;

/* Samples one channel and says whether it is too hot. */
int32_t EXPORT(poll_channel)(uint32_t channel)
{
    float celsius = read_celsius(channel);

    if (celsius > highest) {
        highest = celsius;
        highest_at = milliseconds();
        say("new highest temperature");
    }
    if (celsius > 80.0f) {
        say("TOO HOT: shutting down the heater");
        return 1;
    }
    return 0;
}

float EXPORT(highest_celsius)(void) { return highest; }
uint64_t EXPORT(highest_time)(void) { return highest_at; }
