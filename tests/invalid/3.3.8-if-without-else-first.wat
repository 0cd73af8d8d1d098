;; Without an else the parameters are the results: the first one is not.
(module
  (func (result i32 i32)
    (i64.const 0) (i32.const 1) (i32.const 2)
    (if (param i64 i32) (result i32 i32) (then drop i32.wrap_i64 i32.const 3))))
