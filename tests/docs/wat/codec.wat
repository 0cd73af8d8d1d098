(module
  (import "env" "memory" (memory 1))
  (func (export "decode") (param i32) (result i32) (i32.load8_u (local.get 0))))
