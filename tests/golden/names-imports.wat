;; Names of import modules that a format string in Rust has to escape.
(module
  (import "{\"}\\" "do it" (func $do))
  (import "\1b" "new\0aline" (func $new (param i32) (result i32)))
  (func (export "run") (call $do) (drop (call $new (i32.const 1))))
)
