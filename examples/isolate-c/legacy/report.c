/* A parser as it has been in use for twenty years. It believes what it reads. */
#include "report.h"

int32_t parse_report(const uint8_t *data, uint32_t length, struct report *report)
{
    uint32_t at = 0, count = 0;

    if (length < 5 || length < 5u + data[0])
        return -1;
    for (uint32_t letters = data[at++], i = 0; i < letters; i++)
        report->station[i] = (char)data[at++]; /* the fault: there is room for 16 */
    for (int i = 0; i < 4; i++)
        count |= (uint32_t)data[at++] << 8 * i;
    report->count = (int32_t)count;
    for (uint32_t i = 0; i < count; i++)
        report->readings[i] = data[at++]; /* and again: there is room for 8 */
    return (int32_t)at;
}
