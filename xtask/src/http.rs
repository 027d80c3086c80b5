//! One HTTP/1.1 request over loopback, enough to ask a node of ours. It is no client for the world: no TLS, no redirects.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::trouble::{OrSay, Outcome};

/// What came back.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Header lines as they came.
    pub headers: Vec<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of the first header with this name, written in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .filter_map(|line| line.split_once(':'))
            .find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim())
    }
}

/// Asks for a path; `more` are further header lines, each ended by `\r\n`.
pub fn get(port: u16, path: &str, more: &str) -> Outcome<Answer> {
    ask(port, &format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n{more}\r\n"))
}

/// Sends a form, as a page of the node would.
pub fn post(port: u16, path: &str, form: &str) -> Outcome<Answer> {
    post_with(port, path, form, "")
}

/// Sends a form with more lines of the head.
pub fn post_with(port: u16, path: &str, form: &str, more: &str) -> Outcome<Answer> {
    let length = form.len();
    ask(
        port,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n{more}\r\n{form}"
        ),
    )
}

fn ask(port: u16, request: &str) -> Outcome<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).or_say("cannot reach the node")?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).or_say("cannot set a time limit")?;
    stream.write_all(request.as_bytes()).or_say("cannot ask the node")?;
    read_answer(&mut BufReader::new(stream)).or_say("cannot read the node's answer")
}

/// Reads one answer off a connection and leaves the connection at its end.
pub fn read_answer(from: &mut impl BufRead) -> std::io::Result<Answer> {
    let mut answer = Answer::default();
    let mut line = String::new();
    from.read_line(&mut line)?;
    answer.status =
        line.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(|| broken("no status line"))?;
    loop {
        line.clear();
        from.read_line(&mut line)?;
        match line.trim_end() {
            "" => break,
            header => answer.headers.push(header.to_owned()),
        }
    }
    let length = answer.header("content-length").and_then(|length| length.parse::<u64>().ok());
    if let Some(length) = length {
        from.take(length).read_to_end(&mut answer.body)?;
    } else if answer.header("transfer-encoding").is_some_and(|how| how.eq_ignore_ascii_case("chunked")) {
        read_chunks(from, &mut answer.body)?;
    } else if !matches!(answer.status, 204 | 304) {
        from.read_to_end(&mut answer.body)?;
    }
    Ok(answer)
}

fn read_chunks(from: &mut impl BufRead, body: &mut Vec<u8>) -> std::io::Result<()> {
    loop {
        let mut line = String::new();
        from.read_line(&mut line)?;
        let size = u64::from_str_radix(line.trim_end(), 16).map_err(|_| broken("no chunk size"))?;
        from.take(size).read_to_end(body)?;
        from.read_line(&mut String::new())?;
        if size == 0 {
            return Ok(());
        }
    }
}

fn broken(what: &str) -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::InvalidData, what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_one_after_the_other() {
        let mut stream: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX: y\r\n\r\nabcHTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n";
        let first = read_answer(&mut stream).unwrap();
        assert_eq!(
            (first.status, first.body.as_slice(), first.header("x")),
            (200, b"abc".as_slice(), Some("y"))
        );
        let second = read_answer(&mut stream).unwrap();
        assert_eq!((second.status, second.body.as_slice()), (201, b"de".as_slice()));
        assert_eq!(read_answer(&mut stream).unwrap().status, 204);
    }
}
