(module (global $a i32 (i32.const 1)) (global i32 (global.get $a)))
