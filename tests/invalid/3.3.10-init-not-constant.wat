(module (global i32 (i32.ctz (i32.const 1))))
