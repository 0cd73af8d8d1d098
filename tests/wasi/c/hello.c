/* Output on both streams, of all kinds that printf has. */
#include <stdio.h>

int main(void)
{
    printf("Hello, %s! %d %08.3f %g %llx\n", "world", -42, 3.14159, 1.5e300, 0x123456789abcdefULL);
    fprintf(stderr, "and %c%c%c\n", 'e', 'r', 'r');
    for (int i = 0; i < 2000; i++)
        printf("%d%c", i, i % 20 == 19 ? '\n' : ' ');
    return 0;
}
