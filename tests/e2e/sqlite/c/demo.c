/*
 * SQLite as a module without imports: databases in memory, and a file system that has no files. The exported
 * functions run SQL that their numbers choose; text and results stay in static memory, for the tests to compare.
 */
#include "sqlite3.h"
#include <stdint.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(#name))) name

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)vfs, (void)name, (void)flags, (void)out;
    file->pMethods = NULL;
    return SQLITE_CANTOPEN;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs, (void)name, (void)sync;
    return SQLITE_OK;
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    (void)vfs, (void)name, (void)flags;
    *out = 0;
    return SQLITE_OK;
}

static int vfs_path(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    (void)vfs;
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

/* Always the same "random" bytes and time: every run does the same. */
static int vfs_randomness(sqlite3_vfs *vfs, int size, char *out)
{
    (void)vfs;
    for (int i = 0; i < size; i++)
        out[i] = (char)(i * 37 + 11);
    return size;
}

static int vfs_time(sqlite3_vfs *vfs, double *out)
{
    (void)vfs;
    *out = 2460000.5;
    return SQLITE_OK;
}

static sqlite3_vfs vfs = {
    .iVersion = 1, .szOsFile = sizeof(sqlite3_file), .mxPathname = 64, .zName = "none", .xOpen = vfs_open,
    .xDelete = vfs_delete, .xAccess = vfs_access, .xFullPathname = vfs_path, .xRandomness = vfs_randomness,
    .xCurrentTime = vfs_time,
};

int sqlite3_os_init(void) { return sqlite3_vfs_register(&vfs, 1); }
int sqlite3_os_end(void) { return SQLITE_OK; }

static char report[4096];
static uint32_t reported;

static int row(void *hash, int columns, char **values, char **names)
{
    uint32_t *h = hash;

    for (int i = 0; i < columns; i++) {
        const char *text = values[i] ? values[i] : "NULL";
        for (const char *p = text; *p; p++)
            *h = (*h ^ (unsigned char)*p) * 16777619u;
        if (reported + strlen(text) + strlen(names[i]) + 3 < sizeof report)
            reported += (uint32_t)strlen(strcat(strcat(strcat(strcpy(report + reported, names[i]), "="), text), "\n"));
    }
    return 0;
}

/* Makes a table of so many rows and asks something of it. The hash of all answers, or minus SQLite's error. */
int64_t EXPORT(query)(uint32_t seed, uint32_t rows, uint32_t question)
{
    static const char *const questions[] = {
        "SELECT count(*), sum(a), avg(b), min(c), max(c), group_concat(a % 7) FROM t",
        "SELECT c, count(*) AS n, round(sum(b), 3) FROM t GROUP BY c HAVING n > 1 ORDER BY n DESC, c",
        "SELECT x.a, y.b FROM t x JOIN t y ON x.a = y.id WHERE x.c LIKE '%1%' ORDER BY 1, 2 LIMIT 20",
        "WITH RECURSIVE f(i, p, q) AS (SELECT 1, 0, 1 UNION ALL SELECT i + 1, q, p + q FROM f WHERE i < 40) SELECT * FROM f",
        "SELECT printf('%08.3f|%x|%-5s|%e', b, a, c, b * 1e10), hex(c), upper(c), length(c), quote(b) FROM t ORDER BY b",
        "UPDATE t SET a = a * a - id WHERE id % 3 = 0; DELETE FROM t WHERE b < 0; SELECT * FROM t; PRAGMA integrity_check",
        "CREATE INDEX i ON t(c, b); SELECT id, rank() OVER (PARTITION BY c ORDER BY b) FROM t ORDER BY c, b; EXPLAIN QUERY PLAN SELECT * FROM t WHERE c = 'k1'",
        "SELECT date(2460000.5 + a % 1000), strftime('%Y-%j %H:%M', 2459000.25 + b / 7), json_object('a', a, 'c', c) ->> '$.c' FROM t",
        "SELECT * FROM missing",
    };
    sqlite3 *db;
    uint32_t hash = 2166136261u;
    char *sql;

    reported = 0;
    memset(report, 0, sizeof report);
    int status = sqlite3_open(":memory:", &db);
    if (status != SQLITE_OK)
        return -1000 - status;
    sql = sqlite3_mprintf(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b REAL, c TEXT);"
        "WITH RECURSIVE n(i, s) AS (SELECT 1, %u UNION ALL SELECT i + 1, (s * 1103515245 + 12345) %% 2147483648 FROM n WHERE i < %u)"
        "INSERT INTO t SELECT i, s %% 100, (s - 1e9) / 1e5, 'k' || (s / 256 %% 13) FROM n;", seed, rows % 60 + 1);
    status = sqlite3_exec(db, sql, row, &hash, NULL);
    sqlite3_free(sql);
    if (status == SQLITE_OK)
        status = sqlite3_exec(db, questions[question % 9], row, &hash, NULL);
    sqlite3_close(db);
    return status == SQLITE_OK ? (int64_t)hash : -status;
}
