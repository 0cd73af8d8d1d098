(module
  (memory (export "memory") 1)
  (func (export "feed") (param i32) (result i32) (local.get 0)))
