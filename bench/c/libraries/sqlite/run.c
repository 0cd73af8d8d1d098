/*
 * SQLite: a database in memory is made, filled, indexed, asked and changed. Without files, by the file system of
 * tests/e2e that has none.
 */
#include "../library.h"
#include "../../../../tests/e2e/sqlite/c/demo.c"

static uint32_t ask(sqlite3 *db, const char *sql)
{
    uint32_t hash = 2166136261u;

    reported = 0;
    CHECK(sqlite3_exec(db, sql, row, &hash, NULL) == SQLITE_OK);
    return hash;
}

static const char *const statements[] = {
    "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT, age INT, score REAL);"
    "CREATE TABLE visit(person INT, place TEXT, day INT);"
    "BEGIN;"
    "WITH RECURSIVE n(i, s) AS"
    "(SELECT 1, 7 UNION ALL SELECT i + 1, (s * 1103515245 + 12345) % 2147483648 FROM n WHERE i < 300)"
    "INSERT INTO person SELECT i, 'name' || (s / 256 % 97), s / 65536 % 90, (s - 1e9) / 1e6 FROM n;"
    "INSERT INTO visit SELECT id, 'place' || (id * 7 % 23), id * 31 % 365 FROM person;"
    "INSERT INTO visit SELECT person, 'place' || (day % 19), (day * 5 + person) % 365 FROM visit;"
    "COMMIT; CREATE INDEX by_person ON visit(person); CREATE INDEX by_name ON person(name, age)",
    "SELECT count(*), sum(age), avg(score), min(name), max(name) FROM person",
    "SELECT name, count(*) AS n, round(sum(score), 3) FROM person GROUP BY name HAVING n > 3 ORDER BY n DESC, name",
    "SELECT p.name, v.place FROM person p JOIN visit v ON v.person = p.id WHERE p.age > 50 AND v.day < 60 "
    "ORDER BY v.day, p.id LIMIT 50",
    "SELECT place, count(DISTINCT person) FROM visit WHERE place LIKE '%1%' GROUP BY place ORDER BY 2, 1",
    "UPDATE person SET score = score * 1.5 + age WHERE id % 3 = 0; DELETE FROM visit WHERE day > 300",
    "SELECT id, rank() OVER (PARTITION BY age / 10 ORDER BY score) FROM person ORDER BY id LIMIT 60",
    "SELECT upper(name), length(name), printf('%08.3f|%x', score, age), substr(name, 3) FROM person "
    "WHERE age IN (SELECT day % 90 FROM visit) LIMIT 60",
    "PRAGMA integrity_check; DROP TABLE visit; SELECT count(*) FROM person WHERE name GLOB 'name[1-4]*'",
};

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    while (rounds--) {
        sqlite3 *db;
        CHECK(sqlite3_open(":memory:", &db) == SQLITE_OK);
        for (uint32_t i = 0; i < sizeof statements / sizeof statements[0]; i++)
            sum = fold(sum, ask(db, statements[i]));
        CHECK(sqlite3_close(db) == SQLITE_OK);
    }
    return sum;
}
