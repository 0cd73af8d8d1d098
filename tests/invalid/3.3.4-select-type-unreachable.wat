;; The result of a select with a type is of that type, also where its operands are of any.
(module (func (result i32) unreachable select (result i64) i32.eqz))
