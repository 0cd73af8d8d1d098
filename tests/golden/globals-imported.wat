;; Imported globals: immutable ones are read once, mutable ones are the host's.
(module
  (import "env" "base" (global $base i32))
  (import "env" "scale" (global $scale f64))
  (import "env" "errno" (global $errno (mut i32)))
  (global $start (mut i32) (global.get $base))
  (memory 1)
  (data (global.get $base) "here")
  (func (export "next") (result i32)
    (global.set $errno (i32.add (global.get $errno) (i32.const 1)))
    (global.set $start (i32.add (global.get $start) (global.get $base)))
    (i32.load (global.get $start)))
  (func (export "scaled") (param f64) (result f64) (f64.mul (local.get 0) (global.get $scale))))
