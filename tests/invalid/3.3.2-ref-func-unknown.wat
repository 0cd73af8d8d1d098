(module (func ref.func 1 drop))
