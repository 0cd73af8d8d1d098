/*
 * main.c: runs every suite, each test in a process of its own, and ends with a line that says how it went.
 */
#include "unit.h"

#include <stdio.h>

int main(void)
{
    SRunner *runner = srunner_create(suite_reader());

    srunner_add_suite(runner, suite_names());
    srunner_add_suite(runner, suite_validate());
    srunner_add_suite(runner, suite_control());
    srunner_add_suite(runner, suite_module());
    srunner_add_suite(runner, suite_emit());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    printf("%d passed, %d failed\n", srunner_ntests_run(runner) - failed, failed);
    srunner_free(runner);
    return failed != 0;
}
