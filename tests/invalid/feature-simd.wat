(module (memory 1) (table 1 funcref) (global $k i32 (i32.const 0))
  (func $f (drop (i32x4.extract_lane 0 (v128.const i32x4 1 2 3 4)))))
