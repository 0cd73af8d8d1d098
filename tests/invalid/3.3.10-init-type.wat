(module (global i32 (f32.const 1)))
