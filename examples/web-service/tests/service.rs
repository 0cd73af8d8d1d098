//! The service keeps serving, whatever it is sent.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use web_service::{Fault, Parser, Service};

const GOOD: (&str, u16, &str) = ("0=12 1=30", 200, "42\n");
const UNREADABLE: (&str, u16, &str) = ("0=12 one=30", 400, "cannot be read from byte 6 on\n");
const OUT_OF_BOUNDS: (&str, u16, &str) = (
    "999999999=30",
    422,
    "the parser was stopped: out of bounds memory access\n",
);
const ENDLESS: (&str, u16, &str) = ("\"\\\"", 422, "the parser was stopped: fuel exhausted\n");
/// Writes beyond the table without leaving the module's memory: nothing notices, and what comes out
/// depends on what lies there.
const BEYOND: &str = "64=5 65=5 66=5 67=5 68=5 -1=9";

fn start(workers: usize) -> Service {
    Service::start("127.0.0.1:0", workers).unwrap()
}

fn send(address: SocketAddr, request: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, body.to_owned())
}

fn post(address: SocketAddr, body: &str) -> (u16, String) {
    let head = "POST /sum HTTP/1.1\r\nHost: test\r\nConnection: close";
    let length = body.len();
    send(
        address,
        &format!("{head}\r\nContent-Length: {length}\r\n\r\n{body}"),
    )
}

fn check(address: SocketAddr, (body, status, text): (&str, u16, &str)) {
    assert_eq!(post(address, body), (status, text.to_owned()), "{body}");
}

#[test]
fn one_worker_answers_good_requests_after_bad_ones() {
    let service = start(1);
    for bad in [UNREADABLE, OUT_OF_BOUNDS, ENDLESS] {
        check(service.address(), bad);
        check(service.address(), GOOD);
    }
    let (status, _) = post(service.address(), BEYOND);
    assert!([200, 400, 422].contains(&status), "{status}");
    check(service.address(), GOOD);
    service.stop();
}

#[test]
fn what_one_request_left_is_gone_with_the_next() {
    let mut parser = Parser::new().unwrap();
    assert_eq!(parser.sum(b"3=7"), Ok(7));
    assert_eq!(parser.sum(b"4=1"), Ok(1));
    assert_eq!(parser.sum(&[b' '; 20_000]), Err(Fault::TooLong(16_384)));
    assert_eq!(parser.sum(&[b' '; 16_384]), Ok(0));
    assert_eq!(parser.sum(b""), Ok(0));
}

#[test]
fn other_requests() {
    let service = start(1);
    let address = service.address();
    let rest = "HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
    assert_eq!(send(address, &format!("GET /sum {rest}")).0, 405);
    assert_eq!(send(address, &format!("POST / {rest}")).0, 404);
    assert_eq!(post(address, &" ".repeat(20_000)).0, 413);
    check(address, GOOD);
    service.stop();
}

#[test]
fn many_at_once_of_all_kinds() {
    let service = start(4);
    let address = service.address();
    let start = Instant::now();
    std::thread::scope(|scope| {
        for client in 0..8 {
            scope.spawn(move || {
                let kinds = [GOOD, UNREADABLE, OUT_OF_BOUNDS, ENDLESS];
                for round in 0..10 {
                    post(address, BEYOND);
                    check(address, kinds[(client + round) % kinds.len()]);
                }
            });
        }
    });
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
    service.stop();
}
