//! The tutorial's program as it stands in the text.
include!(concat!(env!("OUT_DIR"), "/tutorial/src/main.rs"));
