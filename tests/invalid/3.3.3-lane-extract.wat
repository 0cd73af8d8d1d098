(module (memory 1) (table 1 funcref) (global $k i32 (i32.const 0))
  (func $f (param v128) (result i32) (i32x4.extract_lane 4 (local.get 0))))
