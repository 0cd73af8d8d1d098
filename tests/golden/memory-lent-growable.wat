;; A lent memory that grows, with a limit: what the lender gives is checked, and data put into it.
(module
  (import "env" "memory" (memory 1 4))
  (data (i32.const 16) "lib")
  (func (export "add") (param $pages i32) (result i32) (memory.grow (local.get $pages)))
  (func (export "first") (result i32) (i32.load8_u (i32.const 16)))
  (func (export "set") (param i32) (i32.store8 (i32.const 16) (local.get 0))))
