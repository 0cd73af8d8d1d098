//! What the other cases get wrong, done right.

use herkos_runtime::{ExternRef, FuncRef, WasmTrap};
use herkos_tests_capabilities::{app, giver, growing, library, other, pure, taker, Granted};

/// A host with a borrow of its own, and a peer: neither needs anything of the generated code.
struct Peer<'a, P>(&'a mut P);

impl<P: other::Exports> library::Env for Peer<'_, P> {
    fn trace(&mut self, memory: &mut [u8], at: i32) -> Result<(), WasmTrap> {
        self.0.poke(at, i32::from(memory[0]))
    }
}

/// It holds no borrow: neither of a memory nor of anything else.
fn holds_no_borrow<T: 'static>(_: &T) {}

fn goes_to_another_thread<T: Send>(_: &T) {}

fn main() -> Result<(), WasmTrap> {
    let mut app = app::Module::boxed(Granted::default())?;
    app.run()?;
    assert_eq!((app.calls(), app.version(), app.host().calls), (1, 3, 3));
    app.set_calls(0);

    let mut memory = Box::new(other::Memory::new());
    drop(other::Module::new(&mut *memory, Granted::default())?);
    let mut other = other::Module::new(&mut *memory, Granted::default())?;
    other.memory_mut()[3] = 7;
    other.run()?;

    let mut lent = vec![9; 65536];
    {
        let mut library = library::LibraryModule::new(&mut lent, Peer(&mut other))?;
        assert_eq!(library.first(&mut lent, 1)?, 9);
    }
    assert_eq!(other.memory()[..4], [0, 9, 0, 7]);

    let mut library = library::LibraryModule::new(&mut lent, Granted::default())?;
    assert_eq!(library.first(app.memory_mut(), 16)?, i32::from(b'h'));
    holds_no_borrow(&library);
    let mut growing = growing::LibraryModule::new(&mut app.memory_growable())?;
    assert_eq!(growing.grow(&mut app.memory_growable(), 1)?, 1);
    holds_no_borrow(&growing);

    let mut taker = taker::Module::new(Granted::default())?;
    let own = taker.own()?;
    assert_eq!(taker.call(own, 0)?, 42);
    taker.keep(ExternRef::new(7))?;
    taker.close()?;
    assert_eq!(taker.host().closed, Some(ExternRef::new(7)));
    assert!(taker.call(FuncRef::NULL, 0).is_err());
    goes_to_another_thread(&taker);

    let mut giver = giver::Module::new()?;
    let negate = giver.give()?;
    assert_eq!(giver.call(negate, 5)?, -5);
    let mut pure = pure::Module::new()?;
    std::thread::spawn(move || pure.twice(21)).join().unwrap().map(|answer| assert_eq!(answer, 42))
}
