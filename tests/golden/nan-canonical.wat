;; herkos-c: --nan canonical
;; Results that may be a NaN of any bits are made canonical; sign operations, loads and constants are exact already.
(module
  (memory 1)
  (func (export "add") (param f32 f32) (result f32) (f32.add (local.get 0) (local.get 1)))
  (func (export "chain") (param f64 f64) (result f64)
    (f64.neg (f64.sqrt (f64.sub (f64.mul (local.get 0) (local.get 1)) (f64.const 1)))))
  (func (export "narrow") (param f64) (result f32) (f32.demote_f64 (local.get 0)))
  (func (export "compare") (param f64 f64) (result i32)
    (f64.lt (f64.add (local.get 0) (local.get 1)) (local.get 1)))
  (func (export "copy") (param i32)
    (f64.store (local.get 0) (f64.abs (f64.load offset=8 (local.get 0))))
    (f32.store offset=16 (local.get 0) (f32.const -nan:0x1)))
  (func (export "bits") (param f32) (result i32) (i32.reinterpret_f32 (f32.min (local.get 0) (f32.const 0)))))
