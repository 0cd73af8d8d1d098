;; Grows the memory that it is lent.
(module
  (import "env" "memory" (memory 1 8))
  (func (export "grow") (param $pages i32) (result i32) (memory.grow (local.get $pages))))
