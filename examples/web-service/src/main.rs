//! `web-service [ADDRESS]` serves; `web-service demo` sends itself requests and ends.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};

use web_service::Service;

fn main() -> io::Result<()> {
    let workers = std::thread::available_parallelism()?.get();
    let address = std::env::args()
        .nth(1)
        .unwrap_or("127.0.0.1:8080".to_owned());
    if address == "demo" {
        let service = Service::start("127.0.0.1:0", workers)?;
        demo(service.address())?;
        service.stop();
        return Ok(());
    }
    let service = Service::start(&*address, workers)?;
    println!("http://{}/sum", service.address());
    service.wait();
    Ok(())
}

fn demo(address: SocketAddr) -> io::Result<()> {
    for body in [
        "0=12 1=30",
        "0=12 one=30",
        "0=12 999999999=30",
        "0=12 \"a comment with a \\ in it\" 1=30",
        "0=12 \"a comment\" 1=30",
    ] {
        println!("{body:42} -> {}", post(address, body)?);
    }
    Ok(())
}

/// The status and the text of the answer.
fn post(address: SocketAddr, body: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    let length = body.len();
    let head = "POST /sum HTTP/1.1\r\nHost: demo\r\nConnection: close";
    write!(stream, "{head}\r\nContent-Length: {length}\r\n\r\n{body}")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let status = answer.split(' ').nth(1).unwrap_or_default();
    let text = answer.split("\r\n\r\n").nth(1).unwrap_or_default();
    Ok(format!("{status} {}", text.trim_end()))
}
