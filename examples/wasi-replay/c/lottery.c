/* Draws a winner from a list of names: by time, random numbers and a file. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    char names[16][32], date[32];
    unsigned char random[1];
    unsigned count = 0;
    time_t now = time(NULL);
    FILE *list = fopen("/data/names", "r");

    while (list && count < 16 && fgets(names[count], sizeof names[count], list))
        count++;
    if (count == 0 || getentropy(random, sizeof random) != 0)
        return 1;
    strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S", gmtime(&now));
    printf("%s: the winner is %s", date, names[random[0] % count]);
    return 0;
}
