/*
 * main.c: runs every suite and ends with a line that says how it went. All tests run in one process: forking a process
 * that the address sanitizer watches for each of some two thousand takes minutes. CK_FORK=yes asks for that anyway.
 */
#define _POSIX_C_SOURCE 200809L   /* alarm */

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
    SRunner *runner = srunner_create(suite_reader());

    srunner_add_suite(runner, suite_names());
    srunner_add_suite(runner, suite_demangle());
    srunner_add_suite(runner, suite_validate());
    srunner_add_suite(runner, suite_control());
    srunner_add_suite(runner, suite_module());
    srunner_add_suite(runner, suite_emit());
    srunner_add_suite(runner, suite_lines());
    srunner_add_suite(runner, suite_memory());
    srunner_add_suite(runner, suite_reroll());
    if (!getenv("CK_FORK"))
        srunner_set_fork_status(runner, CK_NOFORK);
    alarm(300);   /* a test that does not end must not hold up what comes after */
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    printf("%d passed, %d failed\n", srunner_ntests_run(runner) - failed, failed);
    fflush(stdout);
    if (failed)
        _exit(1);   /* a failed test leaves its memory behind: no use in a report of leaks */
    srunner_free(runner);
    return 0;
}
