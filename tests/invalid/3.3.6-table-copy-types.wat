;; A table of functions can't be filled from one of host references.
(module
  (table $functions 1 funcref)
  (table $values 1 externref)
  (func (table.copy $functions $values (i32.const 0) (i32.const 0) (i32.const 1))))
