(module (memory 1) (table 1 funcref) (global $k i32 (i32.const 0))
  (func $f (result v128) (v128.load32_splat align=8 (i32.const 0))))
