;; wasmtime 34 reads 16 bytes for the operand in memory, the last of them beyond its end. First found as 20261124.1743.
;; open
;; options --nan canonical
;; new
;; call 0
(module
  (memory 1 1)
  (export "f0" (func 0))
  (export "memory" (memory 0))
  (func (;0;) (result f64)
    f64.const 0x0p+0
    i32.const 65520
    f64.load offset=1
    f64.copysign
  )
)
