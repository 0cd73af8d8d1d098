;; Names of import modules that a string of Rust has to escape.
(module
  (import "say \"{hi}\" \\ back" "do it" (func $do))
  (import "\1b\c2\85" "new\0aline" (func $new (param i32) (result i32)))
  (func (export "run") (call $do) (drop (call $new (i32.const 1))))
)
