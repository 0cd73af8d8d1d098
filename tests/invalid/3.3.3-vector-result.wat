(module (memory 1) (table 1 funcref) (global $k i32 (i32.const 0))
  (func $f (param v128) (result v128) (i8x16.bitmask (local.get 0))))
