/*
 * wasi.h: the one table of WASI preview 1: the functions of the import module
 * wasi_snapshot_preview1.
 *
 * The file is an X macro: define HK_WASI, include it, and undefine is done here.
 *
 *   HK_WASI(name, type, trait)
 *     name    of the import, and of the function in herkos_runtime::wasi that it becomes a call of
 *     type    parameters ':' results; i = i32, I = i64
 *     trait   of herkos_runtime::wasi that the host must implement for it
 */
HK_WASI(args_get, "ii:i", Args)
HK_WASI(args_sizes_get, "ii:i", Args)
HK_WASI(environ_get, "ii:i", Environ)
HK_WASI(environ_sizes_get, "ii:i", Environ)
HK_WASI(clock_res_get, "ii:i", Clocks)
HK_WASI(clock_time_get, "iIi:i", Clocks)
HK_WASI(random_get, "ii:i", Random)
HK_WASI(fd_advise, "iIIi:i", Fds)
HK_WASI(fd_allocate, "iII:i", Fds)
HK_WASI(fd_close, "i:i", Fds)
HK_WASI(fd_datasync, "i:i", Fds)
HK_WASI(fd_fdstat_get, "ii:i", Fds)
HK_WASI(fd_fdstat_set_flags, "ii:i", Fds)
HK_WASI(fd_fdstat_set_rights, "iII:i", Fds)
HK_WASI(fd_filestat_get, "ii:i", Fds)
HK_WASI(fd_filestat_set_size, "iI:i", Fds)
HK_WASI(fd_filestat_set_times, "iIIi:i", Fds)
HK_WASI(fd_pread, "iiiIi:i", Fds)
HK_WASI(fd_prestat_get, "ii:i", Fds)
HK_WASI(fd_prestat_dir_name, "iii:i", Fds)
HK_WASI(fd_pwrite, "iiiIi:i", Fds)
HK_WASI(fd_read, "iiii:i", Fds)
HK_WASI(fd_readdir, "iiiIi:i", Fds)
HK_WASI(fd_renumber, "ii:i", Fds)
HK_WASI(fd_seek, "iIii:i", Fds)
HK_WASI(fd_sync, "i:i", Fds)
HK_WASI(fd_tell, "ii:i", Fds)
HK_WASI(fd_write, "iiii:i", Fds)
HK_WASI(path_create_directory, "iii:i", Paths)
HK_WASI(path_filestat_get, "iiiii:i", Paths)
HK_WASI(path_filestat_set_times, "iiiiIIi:i", Paths)
HK_WASI(path_link, "iiiiiii:i", Paths)
HK_WASI(path_open, "iiiiiIIii:i", Paths)
HK_WASI(path_readlink, "iiiiii:i", Paths)
HK_WASI(path_remove_directory, "iii:i", Paths)
HK_WASI(path_rename, "iiiiii:i", Paths)
HK_WASI(path_symlink, "iiiii:i", Paths)
HK_WASI(path_unlink_file, "iii:i", Paths)
HK_WASI(poll_oneoff, "iiii:i", Poll)
HK_WASI(proc_exit, "i:", Process)
HK_WASI(proc_raise, "i:i", Process)
HK_WASI(sched_yield, ":i", Process)
HK_WASI(sock_accept, "iii:i", Sockets)
HK_WASI(sock_recv, "iiiiii:i", Sockets)
HK_WASI(sock_send, "iiiii:i", Sockets)
HK_WASI(sock_shutdown, "ii:i", Sockets)

#undef HK_WASI
