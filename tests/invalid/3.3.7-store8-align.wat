(module (memory 1) (table 1 funcref) (global $k i32 (i32.const 0))
  (func $f (i32.store8 align=2 (i32.const 0) (i32.const 0))))
