(module (memory 1) (table 1 funcref) (global $k i32 (i32.const 0))
  (func $f (local f32) (drop (local.tee 0 (i32.const 1)))))
