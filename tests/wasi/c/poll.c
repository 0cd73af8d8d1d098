/* poll: a descriptor that is ready, and a timeout. */
#include <poll.h>
#include <stdio.h>

int main(void)
{
    struct pollfd fds[2] = {{.fd = 1, .events = POLLOUT}, {.fd = 0, .events = POLLIN}};

    printf("writable: %d", poll(fds, 1, 60000));
    printf(" %d\n", fds[0].revents == POLLOUT);
    printf("readable: %d", poll(fds + 1, 1, 60000));
    printf(" %d\n", (fds[1].revents & POLLIN) != 0);
    printf("timeout: %d\n", poll(NULL, 0, 10));
    return 0;
}
