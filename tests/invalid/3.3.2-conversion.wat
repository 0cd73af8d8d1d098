(module (memory 1) (table 1 funcref) (global $k i32 (i32.const 0))
  (func $f (result f32) (f32.demote_f64 (f32.const 1))))
