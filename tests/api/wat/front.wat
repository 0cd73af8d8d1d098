;; Linked by the build: `math` is the module `pure`, which shares nothing; `sums` is the module `library`, which works on this
;; module's memory. `env` stays the host's.
(module
  (import "math" "add" (func $add (param i32 i32) (result i32)))
  (import "math" "divmod" (func $divmod (param i32 i32) (result i32 i32)))
  (import "sums" "sum" (func $sum (param i32 i32) (result i32)))
  (import "env" "tell" (func $tell (param i32)))
  (import "env" "level" (global $level (mut i32)))
  (memory 1)
  (data (i32.const 16) "\01\02\03\04")
  (func (export "run") (result i32)
    (call $tell (call $add (call $sum (i32.const 16) (i32.const 4)) (global.get $level)))
    (global.set $level (i32.const 7))
    (call $divmod (i32.const 29) (i32.const 10))
    (i32.add))
  (func (export "fail") (result i32) (call $sum (i32.const 65535) (i32.const 2))))
