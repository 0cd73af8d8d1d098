/* Runs the SQL that the second argument holds, on the database that the first one names; prints what it yields. */
#include "sqlite3.h"
#include <stdio.h>

static int row(void *unused, int columns, char **values, char **names)
{
    (void)unused, (void)names;
    for (int i = 0; i < columns; i++)
        printf("%s%s", i ? "|" : "", values[i] ? values[i] : "NULL");
    putchar('\n');
    return 0;
}

int main(int argc, char **argv)
{
    sqlite3 *database;
    char *message = NULL;
    /* WASI has no file locks, so SQLite is told to do without. */
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

    if (argc != 3 || sqlite3_open_v2(argv[1], &database, flags, "unix-none") != SQLITE_OK ||
        sqlite3_exec(database, argv[2], row, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "sqlite: %s\n", argc != 3 ? "usage: sqlite DATABASE SQL" : sqlite3_errmsg(database));
        return 1;
    }
    return sqlite3_close(database);
}
