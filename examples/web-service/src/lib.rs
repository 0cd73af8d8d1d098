//! An HTTP service around a parser in C that nobody should trust: `POST /sum`, with a table as text.
//! It answers whatever the parser does.

mod parser;

use std::io::{self, Read};
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::thread::JoinHandle;

use tiny_http::{Method, Request, Response, Server};

pub use parser::{Fault, Parser};

/// What is read of a request, at most.
const MOST_BYTES: u64 = 1 << 20;

/// A running service: some threads that take the requests, each with a parser of its own.
pub struct Service {
    server: Arc<Server>,
    workers: Vec<JoinHandle<()>>,
    address: SocketAddr,
}

impl Service {
    /// Listens on the address; port 0 is any that is free.
    ///
    /// # Errors
    /// When that is not possible.
    pub fn start(address: impl ToSocketAddrs, workers: usize) -> io::Result<Self> {
        let server = Arc::new(Server::http(address).map_err(io::Error::other)?);
        let address = server.server_addr().to_ip().expect("not a Unix socket");
        let worker = |_| {
            let server = Arc::clone(&server);
            let mut parser = Parser::new().map_err(io::Error::other)?;
            Ok(std::thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    serve(&mut parser, request);
                }
            }))
        };
        let workers = (0..workers).map(worker).collect::<io::Result<_>>()?;
        Ok(Self {
            server,
            workers,
            address,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process ends.
    pub fn wait(self) {
        for worker in self.workers {
            let _ = worker.join();
        }
    }

    /// Ends it, with the requests that are being answered.
    pub fn stop(self) {
        for _ in &self.workers {
            self.server.unblock();
        }
        self.wait();
    }
}

/// Answers one request. Who does not take the answer goes without.
fn serve(parser: &mut Parser, mut request: Request) {
    let (status, text) = answer(parser, &mut request);
    let response = Response::from_string(text + "\n").with_status_code(status);
    let _ = request.respond(response);
}

fn answer(parser: &mut Parser, request: &mut Request) -> (u16, String) {
    if request.url() != "/sum" {
        return (404, "there is only /sum".to_owned());
    }
    if *request.method() != Method::Post {
        return (405, "POST a table, such as 0=12 1=30".to_owned());
    }
    let mut body = Vec::new();
    if let Err(error) = request.as_reader().take(MOST_BYTES).read_to_end(&mut body) {
        return (400, format!("cannot be read: {error}"));
    }
    match parser.sum(&body) {
        Ok(sum) => (200, sum.to_string()),
        Err(Fault::TooLong(most)) => (413, format!("more than {most} bytes")),
        Err(Fault::Syntax(position)) => (400, format!("cannot be read from byte {position} on")),
        Err(Fault::Trap(trap)) => (422, format!("the parser was stopped: {trap}")),
    }
}
