(module (func $g) (elem (i32.const 0) $g))
