;; herkos-c: --max-stack 4096
;; A start function that only reads the memory: the new instance need not be `mut`. A function that calls itself behind a
;; loop without end enters the stack, but has nothing to pass it on to.
(module
  (memory 1)
  (func $check (drop (i32.load (i32.const 8))))
  (func $never (export "never") (param i32) (result i32)
    (loop $again
      (if (local.get 0) (then (return (i32.const 1))))
      (br $again))
    (call $never (i32.const 2)))
  (start $check))
