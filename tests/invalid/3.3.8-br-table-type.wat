(module (memory 1) (table 1 funcref) (global $k i32 (i32.const 0))
  (func $f (param i32) (drop (block (result f32) (drop (block (result i32) (br_table 0 1 (i32.const 1) (local.get 0)))) (f32.const 0)))))
