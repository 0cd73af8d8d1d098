(module (memory 1) (table 1 funcref) (global $k i32 (i32.const 0))
  (func $f (param v128) (v128.store16_lane 8 (i32.const 0) (local.get 0))))
