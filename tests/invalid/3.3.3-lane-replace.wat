(module (memory 1) (table 1 funcref) (global $k i32 (i32.const 0))
  (func $f (param v128) (result v128) (f64x2.replace_lane 2 (local.get 0) (f64.const 1))))
