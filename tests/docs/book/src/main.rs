//! Builds `docs/` as a book in `target/book`, as `mdbook build docs` would. A warning is an error.

use std::fmt::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use mdbook_driver::MDBook;
use tracing::field::{Field, Visit};
use tracing::{span, Event, Level, Metadata, Subscriber};

static COMPLAINTS: AtomicUsize = AtomicUsize::new(0);

/// Prints and counts what mdBook logs as warnings and errors.
struct Complaints;

/// An event's message.
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            let _ = write!(self.0, "{value:?}");
        }
    }
}

impl Subscriber for Complaints {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN && metadata.is_event()
    }

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(String::new());
        event.record(&mut text);
        eprintln!("docs: {}", text.0);
        COMPLAINTS.fetch_add(1, Ordering::Relaxed);
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

fn main() -> ExitCode {
    tracing::subscriber::set_global_default(Complaints).expect("it is the first one");
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs");
    let built = MDBook::load(docs).and_then(|book| book.build());
    if let Err(error) = built {
        eprintln!("docs: {error:#}");
        return ExitCode::FAILURE;
    }
    match COMPLAINTS.load(Ordering::Relaxed) {
        0 => ExitCode::SUCCESS,
        count => {
            eprintln!("docs: {count} warnings");
            ExitCode::FAILURE
        }
    }
}
