;; The deeper of two operands is of another type, which that of the index above them is not.
(module (func (result i32 i64) f32.const 0 i64.const 1 i32.const 0 br_table 0 0))
