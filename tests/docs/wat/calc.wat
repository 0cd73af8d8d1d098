(module
  (memory (export "memory") 1)
  (global (export "mode") (mut i32) (i32.const 0))
  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "divide") (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1)))
  (func (export "run")
    (i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1)))))
