;; Names that begin or end with underscores: what herkos puts before or behind them makes no two underscores inside, which
;; rustc's lint non_snake_case would not have.
(module
  (import "env" "__base" (global $base (mut i32)))
  (global $g (export "__x") (mut i32) (i32.const 1))
  (global $h (export "2d") (mut i64) (i64.const 2))
  (table (export "t_") 1 funcref)
  (table (export "self") 1 externref)
  (func (export "twice_") (result i32) global.get $base)
  (func (export "twice!") (result i32) global.get $g))
