(module (memory 1) (table 1 funcref) (global $k i32 (i32.const 0))
  (func $f (param v128) (result v128) (i16x8.shl (i32.const 1) (local.get 0))))
