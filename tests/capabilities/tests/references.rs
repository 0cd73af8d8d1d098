//! What a reference is worth that a module or its host did not get from the module itself. Such a
//! value can't be kept from a host, which may carry one from module to module: it gets a trap.

use herkos_runtime::{ExternRef, FuncRef, WasmTrap};
use herkos_tests_capabilities::{giver, taker, Granted};

const MISMATCH: Result<i32, WasmTrap> = Err(WasmTrap::IndirectCallTypeMismatch);

fn modules() -> (giver::Module, taker::Module<Granted>) {
    let giver = giver::Module::new().unwrap();
    (giver, taker::Module::new(Granted::default()).unwrap())
}

#[test]
fn of_the_module_itself() {
    let (mut giver, mut taker) = modules();
    let (negate, secret) = (giver.give().unwrap(), taker.own().unwrap());
    assert_eq!(giver.call(negate, 5), Ok(-5));
    assert_eq!(taker.call(secret, 5), Ok(42));
    let other = giver.give_other().unwrap();
    assert_eq!(giver.call(other, 5), MISMATCH, "the type is another");
    assert_eq!(giver.call(FuncRef::NULL, 5), Err(WasmTrap::UndefinedElement));
}

/// The type is the same, and so is the function's number in some cases.
#[test]
fn of_another_module_it_traps() {
    let (mut giver, mut taker) = modules();
    let (negate, secret) = (giver.give().unwrap(), taker.own().unwrap());
    assert_eq!(taker.call(negate, 5), MISMATCH);
    assert_eq!(giver.call(secret, 5), MISMATCH);
}

/// With the right type, only functions answer whose reference the module itself makes somewhere:
/// `hidden` has the type, and is exported, but no reference to it exists.
#[test]
fn made_up_it_reaches_no_more_than_the_module_gives_away() {
    let (mut giver, _) = modules();
    let negate = giver.give().unwrap();
    let (ty, func) = (negate.ty().unwrap(), negate.func().unwrap());
    for number in 0..100 {
        let expected = if number == func { Ok(-5) } else { MISMATCH };
        assert_eq!(giver.call(FuncRef::new(ty, number), 5), expected, "{number}");
    }
    assert_eq!(giver.hidden(5), Ok(666));
}

/// Numbers of types begin at a place of their own in each module: small ones are nobody's.
#[test]
fn made_up_from_small_numbers_it_traps() {
    let (mut giver, mut taker) = modules();
    for (ty, func) in (0..100).flat_map(|ty| (0..10).map(move |func| (ty, func))) {
        assert_eq!(giver.call(FuncRef::new(ty, func), 5), MISMATCH);
        assert_eq!(taker.call(FuncRef::new(ty, func), 5), MISMATCH);
    }
}

/// The module hands back what it was handed, or null: it has no way to make another.
#[test]
fn of_the_host_it_comes_back_as_it_was() {
    let (_, mut taker) = modules();
    taker.close().unwrap();
    assert_eq!(taker.host().closed, Some(ExternRef::NULL));
    for number in [0, 7, u32::MAX] {
        taker.keep(ExternRef::new(number)).unwrap();
        taker.close().unwrap();
        assert_eq!(taker.host().closed, Some(ExternRef::new(number)));
    }
}
