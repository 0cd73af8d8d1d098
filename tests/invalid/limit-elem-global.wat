;; What an imported global holds is not known before instantiation; only active segments are copied then.
(module
  (import "env" "g" (global $g externref))
  (elem externref (global.get $g)))
