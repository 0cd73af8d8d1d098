//! One good call of every function, with what it must make the host do and write to the memory, and
//! which of its arguments are descriptors and pointers.

use herkos_runtime::wasi;
use herkos_runtime::WasmTrap;

/// Size of the memory.
pub const END: i64 = 1024;
/// "dir/file" and "new name".
pub const PATH: i64 = 0x10;
pub const PATH_2: i64 = 0x20;
/// Buffers of 4, 0 and 6 bytes: "abcd", nothing, "efghij".
pub const LIST: i64 = 0x40;
pub const BUFFER: i64 = 0x100;
/// A clock subscription.
pub const SUBSCRIPTION: i64 = 0x200;
/// Where answers go.
pub const OUT: i64 = 0x300;
pub const OUT_2: i64 = 0x340;

pub fn memory() -> Vec<u8> {
    let mut memory = vec![0xee; END as usize];
    let mut put = |at: i64, bytes: &[u8]| {
        memory[at as usize..at as usize + bytes.len()].copy_from_slice(bytes);
    };
    put(PATH, b"dir/file");
    put(PATH_2, b"new name");
    for (index, (ptr, len)) in [(BUFFER, 4), (0, 0), (BUFFER + 4, 6)]
        .into_iter()
        .enumerate()
    {
        put(LIST + 8 * index as i64, &(ptr as u32).to_le_bytes());
        put(LIST + 8 * index as i64 + 4, &u32::to_le_bytes(len));
    }
    put(BUFFER, b"abcdefghij");
    put(SUBSCRIPTION, &subscription(0xabcd, 0, [1, 500, 10, 1]));
    memory
}

/// Userdata, tag, and four words: the clock or descriptor, timeout, precision, flags.
pub fn subscription(userdata: u64, tag: u8, rest: [u64; 4]) -> [u8; 48] {
    let mut bytes = [0; 48];
    let words = [userdata, u64::from(tag), rest[0], rest[1], rest[2], rest[3]];
    for (place, word) in bytes.chunks_exact_mut(8).zip(words) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    bytes
}

pub struct Case {
    pub name: &'static str,
    pub args: Vec<i64>,
    /// Which arguments are descriptors.
    pub fds: &'static [usize],
    /// Which arguments are pointers, and to how many bytes.
    pub pointers: &'static [(usize, i64)],
    /// What the host is asked, in order.
    pub calls: &'static [&'static str],
    /// What is written where; the rest of the memory stays as it is.
    pub writes: &'static [(i64, &'static [u8])],
}

macro_rules! functions {
    ($($name:ident($($ty:ty),*) $args:tt fds $fds:tt ptrs $pointers:tt => $calls:tt $writes:tt;)+) => {
        /// Calls the function of that name.
        pub fn call<H: wasi::Args + wasi::Environ + wasi::Clocks + wasi::Random
            + wasi::Paths + wasi::Poll + wasi::Process + wasi::Sockets>(
            name: &str,
            host: &mut H,
            memory: &mut [u8],
            args: &[i64],
        ) -> Result<i32, WasmTrap> {
            let mut args = args.iter();
            match name {
                $(stringify!($name) => {
                    let result = wasi::$name(host, memory $(, *args.next().unwrap() as $ty)*);
                    assert!(args.next().is_none(), "{name}");
                    result
                })+
                _ => panic!("{name}"),
            }
        }

        pub fn cases() -> Vec<Case> {
            vec![$(Case {
                name: stringify!($name),
                args: vec!$args,
                fds: &$fds,
                pointers: &$pointers,
                calls: &$calls,
                writes: &$writes,
            }),+]
        }
    };
}

/// `STAT` of the fake host.
const STAT: &[u8] = &[
    1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0,
    0, //
    8, 7, 6, 5, 4, 3, 2, 1, 5, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0,
];
const FDSTAT: &[u8] = &[
    2, 0, 0x11, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0, 0,
];
const EVENT: &[u8] = &[
    0xcd, 0xab, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0,
];
const DIRENT: &[u8] = &[
    1, 0, 0, 0, 0, 0, 0, 0, 0x34, 0x12, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, b'n', b'a', b'm',
    b'e',
];

functions! {
    args_get(i32, i32) [OUT, BUFFER] fds [] ptrs [(0, 8), (1, 7)]
        => [] [(OUT, &[0, 1, 0, 0, 5, 1, 0, 0]), (BUFFER, b"prog\0x\0")];
    args_sizes_get(i32, i32) [OUT, OUT_2] fds [] ptrs [(0, 4), (1, 4)]
        => [] [(OUT, &[2, 0, 0, 0]), (OUT_2, &[7, 0, 0, 0])];
    environ_get(i32, i32) [OUT, BUFFER] fds [] ptrs [(0, 8), (1, 7)]
        => [] [(OUT, &[0, 1, 0, 0, 5, 1, 0, 0]), (BUFFER, b"prog\0x\0")];
    environ_sizes_get(i32, i32) [OUT, OUT_2] fds [] ptrs [(0, 4), (1, 4)]
        => [] [(OUT, &[2, 0, 0, 0]), (OUT_2, &[7, 0, 0, 0])];
    clock_res_get(i32, i32) [1, OUT] fds [] ptrs [(1, 8)]
        => ["clock_res_get Monotonic"] [(OUT, &[0xe8, 3, 0, 0, 0, 0, 0, 0])];
    clock_time_get(i32, i64, i32) [0, -1, OUT] fds [] ptrs [(2, 8)]
        => ["clock_time_get Realtime 18446744073709551615"]
        [(OUT, &[0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11])];
    random_get(i32, i32) [BUFFER, 3] fds [] ptrs [(0, 3)]
        => ["random_get 3"] [(BUFFER, &[0x5a; 3])];
    fd_advise(i32, i64, i64, i32) [5, 1, 2, 4] fds [0] ptrs []
        => ["fd_advise 5 1 2 Dontneed"] [];
    fd_allocate(i32, i64, i64) [5, 1, 2] fds [0] ptrs [] => ["fd_allocate 5 1 2"] [];
    fd_close(i32) [-1] fds [0] ptrs [] => ["fd_close 4294967295"] [];
    fd_datasync(i32) [5] fds [0] ptrs [] => ["fd_datasync 5"] [];
    fd_fdstat_get(i32, i32) [5, OUT] fds [0] ptrs [(1, 24)] => ["fd_fdstat_get 5"] [(OUT, FDSTAT)];
    fd_fdstat_set_flags(i32, i32) [5, 4] fds [0] ptrs []
        => ["fd_fdstat_set_flags 5 FdFlags(4)"] [];
    fd_fdstat_set_rights(i32, i64, i64) [5, 3, 0x2000_0000] fds [0] ptrs []
        => ["fd_fdstat_set_rights 5 3 536870912"] [];
    fd_filestat_get(i32, i32) [5, OUT] fds [0] ptrs [(1, 64)]
        => ["fd_filestat_get 5"] [(OUT, STAT)];
    fd_filestat_set_size(i32, i64) [5, 7] fds [0] ptrs [] => ["fd_filestat_set_size 5 7"] [];
    fd_filestat_set_times(i32, i64, i64, i32) [5, 8, 9, 9] fds [0] ptrs []
        => ["fd_filestat_set_times 5 At(8) Now"] [];
    fd_pread(i32, i32, i32, i64, i32) [5, LIST, 3, 100, OUT] fds [0] ptrs [(1, 24), (4, 4)]
        => ["fd_pread 5 4 100", "fd_pread 5 6 104"] [(OUT, &[10, 0, 0, 0]), (BUFFER, b"pppppppppp")];
    fd_prestat_get(i32, i32) [5, OUT] fds [0] ptrs [(1, 8)]
        => ["fd_prestat_dir_name 5"] [(OUT, &[0, 0, 0, 0, 5, 0, 0, 0])];
    fd_prestat_dir_name(i32, i32, i32) [5, OUT, 6] fds [0] ptrs [(1, 6)]
        => ["fd_prestat_dir_name 5"] [(OUT, b"/data")];
    fd_pwrite(i32, i32, i32, i64, i32) [5, LIST, 3, 100, OUT] fds [0] ptrs [(1, 24), (4, 4)]
        => ["fd_pwrite 5 abcd 100", "fd_pwrite 5 efghij 104"] [(OUT, &[10, 0, 0, 0])];
    fd_read(i32, i32, i32, i32) [5, LIST, 3, OUT] fds [0] ptrs [(1, 24), (3, 4)]
        => ["fd_read 5 4"] [(OUT, &[4, 0, 0, 0]), (BUFFER, b"rrrr")];
    fd_readdir(i32, i32, i32, i64, i32) [5, BUFFER, 100, 0, OUT] fds [0] ptrs [(1, 100), (4, 4)]
        => ["fd_readdir 5 0", "fd_readdir 5 1"] [(OUT, &[28, 0, 0, 0]), (BUFFER, DIRENT)];
    fd_renumber(i32, i32) [5, 6] fds [0] ptrs [] => ["fd_renumber 5 6"] [];
    fd_seek(i32, i64, i32, i32) [5, -3, 2, OUT] fds [0] ptrs [(3, 8)]
        => ["fd_seek 5 -3 End"] [(OUT, &[1, 2, 3, 4, 5, 6, 7, 8])];
    fd_sync(i32) [5] fds [0] ptrs [] => ["fd_sync 5"] [];
    fd_tell(i32, i32) [5, OUT] fds [0] ptrs [(1, 8)]
        => ["fd_tell 5"] [(OUT, &[77, 0, 0, 0, 0, 0, 0, 0])];
    fd_write(i32, i32, i32, i32) [1, LIST, 3, OUT] fds [0] ptrs [(1, 24), (3, 4)]
        => ["fd_write 1 abcd", "fd_write 1 efghij"] [(OUT, &[10, 0, 0, 0])];
    path_create_directory(i32, i32, i32) [5, PATH, 8] fds [0] ptrs [(1, 8)]
        => ["path_create_directory 5 dir/file"] [];
    path_filestat_get(i32, i32, i32, i32, i32) [5, 1, PATH, 8, OUT] fds [0] ptrs [(2, 8), (4, 64)]
        => ["path_filestat_get 5 1 dir/file"] [(OUT, STAT)];
    path_filestat_set_times(i32, i32, i32, i32, i64, i64, i32) [5, 1, PATH, 8, 8, 9, 6]
        fds [0] ptrs [(2, 8)] => ["path_filestat_set_times 5 1 dir/file Now At(9)"] [];
    path_link(i32, i32, i32, i32, i32, i32, i32) [5, 1, PATH, 8, 6, PATH_2, 8]
        fds [0, 4] ptrs [(2, 8), (5, 8)] => ["path_link 5 1 dir/file 6 new name", "new"] [];
    path_open(i32, i32, i32, i32, i32, i64, i64, i32, i32) [5, 1, PATH, 8, 5, 2, 64, 1, OUT]
        fds [0] ptrs [(2, 8), (8, 4)]
        => ["path_open 5 dir/file [1, 5, 2, 64, 1]"] [(OUT, &[42, 0, 0, 0])];
    path_readlink(i32, i32, i32, i32, i32, i32) [5, PATH, 8, BUFFER, 10, OUT]
        fds [0] ptrs [(1, 8), (3, 10), (5, 4)]
        => ["path_readlink 5 dir/file"] [(OUT, &[6, 0, 0, 0]), (BUFFER, b"target")];
    path_remove_directory(i32, i32, i32) [5, PATH, 8] fds [0] ptrs [(1, 8)]
        => ["path_remove_directory 5 dir/file"] [];
    path_rename(i32, i32, i32, i32, i32, i32) [5, PATH, 8, 6, PATH_2, 8]
        fds [0, 3] ptrs [(1, 8), (4, 8)] => ["path_rename 5 dir/file 6 new name", "new"] [];
    path_symlink(i32, i32, i32, i32, i32) [PATH, 8, 5, PATH_2, 8] fds [2] ptrs [(0, 8), (3, 8)]
        => ["path_symlink dir/file 5 new name"] [];
    path_unlink_file(i32, i32, i32) [5, PATH, 8] fds [0] ptrs [(1, 8)]
        => ["path_unlink_file 5 dir/file"] [];
    poll_oneoff(i32, i32, i32, i32) [SUBSCRIPTION, BUFFER, 1, OUT] fds []
        ptrs [(0, 48), (1, 32), (3, 4)]
        => ["poll_oneoff Subscription { userdata: 43981, topic: Clock { id: Ok(Monotonic), \
             timeout: 500, precision: 10, is_absolute: true } }"]
        [(OUT, &[1, 0, 0, 0]), (BUFFER, EVENT)];
    proc_raise(i32) [6] fds [] ptrs [] => ["proc_raise Abrt"] [];
    sock_accept(i32, i32, i32) [5, 4, OUT] fds [0] ptrs [(2, 4)]
        => ["sock_accept 5 FdFlags(4)"] [(OUT, &[43, 0, 0, 0])];
    sock_recv(i32, i32, i32, i32, i32, i32) [5, LIST, 3, 2, OUT, OUT_2]
        fds [0] ptrs [(1, 24), (4, 4), (5, 2)]
        => ["sock_recv 5 4 RiFlags(2)"]
        [(OUT, &[4, 0, 0, 0]), (OUT_2, &[1, 0]), (BUFFER, b"ssss")];
    sock_send(i32, i32, i32, i32, i32) [5, LIST, 3, 0, OUT] fds [0] ptrs [(1, 24), (4, 4)]
        => ["sock_send 5 abcd", "sock_send 5 efghij"] [(OUT, &[10, 0, 0, 0])];
    sock_shutdown(i32, i32) [5, 3] fds [0] ptrs [] => ["sock_shutdown 5 SdFlags(3)"] [];
}
