(module (global i32))
