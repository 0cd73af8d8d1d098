(module
  (memory (export "memory") 1 1)
  (func (export "decode") (param i32 i32) (result i32)
    (i32.load8_u (i32.add (local.get 0) (local.get 1)))))
