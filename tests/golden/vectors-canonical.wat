;; herkos-c: --nan canonical
;; NaN lanes are made canonical where an instruction may have made them; not by pmin, which picks an operand as it is.
(module
  (memory 1)
  (func (export "arithmetic") (param v128 v128) (result v128)
    (f32x4.neg (f32x4.sqrt (f32x4.sub (f32x4.mul (local.get 0) (local.get 1)) (f32x4.splat (f32.const 1))))))
  (func (export "convert") (param v128) (result v128)
    (f64x2.max (f64x2.promote_low_f32x4 (local.get 0)) (f64x2.convert_low_i32x4_s (local.get 0))))
  (func (export "pick") (param v128 v128) (result v128) (f64x2.pmin (local.get 0) (local.get 1)))
  (func (export "fused") (param v128 v128) (result v128)
    (f64x2.relaxed_nmadd (local.get 0) (local.get 1) (f32x4.relaxed_min (local.get 0) (local.get 1))))
  (func (export "lane") (param v128) (result f64) (f64x2.extract_lane 1 (f64x2.ceil (local.get 0)))))
