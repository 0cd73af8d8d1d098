;; Names that rustc mangles by its newer scheme: paths, implementations, closures, back references.
(module
  (func $"_RNvCsfLfy6EI15iL_7___rustc12___rust_alloc")
  (func $"_RINvNtNtCset5xJoy1xWQ_3std3sys9backtrace28___rust_begin_short_backtraceFEuuECs6xxl1lAjzDf_1a")
  (func $"_RNSNvYNCINvNtCset5xJoy1xWQ_3std2rt10lang_startuE0INtNtNtCsdHhIpgkcIfN_4core3ops8function6FnOnceuE9call_once6vtable")
  (func $"_RNCINvNtNtCset5xJoy1xWQ_3std6thread7current17with_current_nameNCNCNvNtB8_9panicking12default_hook00uE0B8_")
  (func $"_RNvXs1i_NtCsdHhIpgkcIfN_4core3fmtReNtB6_7Display3fmtCset5xJoy1xWQ_3std")
  (func $"_RNvYINtNtNtCset5xJoy1xWQ_3std2io6cursor6CursorQShENtB7_5Write9write_fmtB9_")
  (func $"_RNvMs4_NtCsi9YzqDQQz2q_5alloc7raw_vecNtB5_11RawVecInner11finish_growCset5xJoy1xWQ_3std")
  (func $"_RINvNvMs2_NtCsi9YzqDQQz2q_5alloc7raw_vecINtB8_11RawVecInnerpE7reserve21do_reserve_and_handleNtNtBa_5alloc6Global"))
