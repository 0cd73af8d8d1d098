(module (memory 1) (table 1 funcref) (global $k i32 (i32.const 0))
  (func $f (result i32) (i32.add (i32.const 1) (f64.const 2))))
