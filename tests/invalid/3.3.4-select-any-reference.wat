;; One operand is of any type, as nothing gets there; the other is a reference, which a select without a type may not take.
(module (func unreachable ref.null func i32.const 0 select drop))
