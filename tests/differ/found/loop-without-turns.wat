;; A loop that nothing branches to, in a block that is not a loop: what its instructions cost was never paid. First found as 7.111.
;; options --nan canonical --fuel
;; new
;; call 0 1
;; call 0 0
(module
  (func (export "f0") (param i32) (result i32)
    (block
      (loop
        (br_if 1 (local.get 0))
        (local.set 0 (i32.add (i32.mul (local.get 0) (i32.const 3)) (i32.const 5)))
        (local.set 0 (i32.add (i32.mul (local.get 0) (i32.const 3)) (i32.const 5)))))
    (local.get 0)))
