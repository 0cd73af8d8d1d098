;; Comparisons that are decided by the type, of which rustc's lint unused_comparisons warned: an error where a crate
;; denies warnings.
;; new
;; call 0 7fffffff
;; call 0 80000000
;; call 1 7fffffffffffffff
;; call 1 8000000000000000
(module
  (func (export "f0") (param i32) (result i32 i32 i32 i32)
    (i32.lt_s (i32.const 0x7fffffff) (local.get 0))
    (i32.le_s (local.get 0) (i32.const 0x7fffffff))
    (i32.ge_s (local.get 0) (i32.const 0x80000000))
    (i32.gt_s (i32.const 0x80000000) (local.get 0)))
  (func (export "f1") (param i64) (result i32 i32 i32 i32)
    (i64.gt_s (local.get 0) (i64.const 0x7fffffffffffffff))
    (i64.ge_s (i64.const 0x7fffffffffffffff) (local.get 0))
    (i64.lt_s (local.get 0) (i64.const 0x8000000000000000))
    (i64.le_s (i64.const 0x8000000000000000) (local.get 0))))
