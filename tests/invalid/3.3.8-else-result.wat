(module (memory 1) (table 1 funcref) (global $k i32 (i32.const 0))
  (func $f (result i32) (if (result i32) (i32.const 1) (then (i32.const 2)) (else (f32.const 2)))))
