//! SQLite, a C library that nobody here wrote, keeps a database in a directory that is all it can
//! reach. SQLite compiled for this machine reads what it wrote, and the other way round.

use herkos_runtime::wasi::{self, System};
use std::error::Error;
use std::path::Path;

herkos_runtime::include_modules!(); // `mod sqlite`

/// Runs SQL on `planets.db` in a folder: exit status and output.
fn sqlite(folder: &Path, database: &str, sql: &str) -> Result<(i32, String), Box<dyn Error>> {
    let mut output = Vec::new();
    let host = System::new()
        .with_args(["sqlite", database, sql])
        .with_stdout(&mut output)
        .with_stderr(std::io::stderr())
        .with_clocks()
        .with_random()
        .with_dir(folder, "/data")?;
    let status = wasi::exit_status(sqlite::Module::boxed(host)?._start())?;
    Ok((status, String::from_utf8(output)?))
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let run = |sql: &str| sqlite(folder.path(), "/data/planets.db", sql);

    let (status, _) = run(
        "CREATE TABLE planet (name TEXT PRIMARY KEY, moons INTEGER, mass REAL);
         INSERT INTO planet VALUES ('Earth', 1, 5.97), ('Mars', 2, 0.642), ('Venus', 0, 4.87);
         CREATE INDEX by_mass ON planet (mass);
         BEGIN; UPDATE planet SET moons = 100; ROLLBACK;
         BEGIN; INSERT INTO planet VALUES ('Jupiter', 95, 1898); COMMIT;",
    )?;
    assert_eq!(status, 0);
    println!("SQLite as Rust: wrote planets.db");

    let native = rusqlite::Connection::open(folder.path().join("planets.db"))?;
    let check: String = native.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    assert_eq!(check, "ok");
    let mut query = native.prepare("SELECT name, moons FROM planet ORDER BY mass")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows: Vec<(String, i64)> = rows.collect::<Result<_, _>>()?;
    println!("SQLite, native: read {rows:?}");
    let expected = [("Mars", 2), ("Venus", 0), ("Earth", 1), ("Jupiter", 95)];
    assert_eq!(rows, expected.map(|(name, moons)| (name.to_owned(), moons)));

    native.execute("DELETE FROM planet WHERE moons < 2", [])?;
    let (status, output) = run("SELECT name, moons, mass * 2 FROM planet ORDER BY name;
         PRAGMA integrity_check;")?;
    assert_eq!(
        (status, output.as_str()),
        (0, "Jupiter|95|3796.0\nMars|2|1.284\nok\n")
    );
    println!("SQLite as Rust: read {output:?}");

    let (status, _) = sqlite(folder.path(), "/tmp/elsewhere.db", "SELECT 1")?;
    assert_eq!(status, 1);
    println!("SQLite as Rust: finds no other directory");
    Ok(())
}
