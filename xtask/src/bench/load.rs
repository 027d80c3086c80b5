//! Many clients that keep a server busy, over HTTP/1.1 or otherwise, each on its own connection and thread. It knows no request's meaning.

use std::io::{BufReader, Write};
use std::net::TcpStream;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::http;
use crate::trouble::{OrSay, Outcome, Trouble};

/// What the clients saw in the measured time.
#[derive(Debug)]
pub struct Seen {
    /// Answers with a status of 200 to 299.
    pub good: usize,
    /// Other answers.
    pub bad: usize,
    /// One of the other answers, to be told.
    pub complaint: Option<String>,
    /// How long it was measured.
    pub time: Duration,
    /// How long each good answer took, shortest first.
    latencies: Vec<Duration>,
}

impl Seen {
    /// Good answers per second.
    pub fn per_second(&self) -> f64 {
        f64::from(u32::try_from(self.good).unwrap_or(u32::MAX)) / self.time.as_secs_f64()
    }

    /// The latency in milliseconds that this share of the answers did not exceed: 50 is the median.
    pub fn percentile(&self, percent: usize) -> f64 {
        percentile(&self.latencies, percent)
    }

    /// Fails when more than nothing went wrong, with what the node said.
    pub fn all_good(self) -> Outcome<Self> {
        match &self.complaint {
            Some(complaint) => Err(Trouble::new(format!(
                "{} of {} requests were refused: {complaint}",
                self.bad,
                self.good + self.bad
            ))),
            None => Ok(self),
        }
    }
}

/// Sends what `request(client, n)` writes into the buffer, again and again from every client, for `time` after a warm-up.
pub fn run<F>(port: u16, clients: usize, warm_up: Duration, time: Duration, request: F) -> Outcome<Seen>
where
    F: Fn(usize, u64, &mut Vec<u8>) + Sync,
{
    let connect = |_| Line::open(port);
    exchanges(clients, warm_up, time, connect, |line, number, n| {
        line.request.clear();
        request(number, n, &mut line.request);
        line.ask()
    })
}

/// A connection over HTTP that stays open, and the request that goes over it next.
pub struct Line {
    from: BufReader<TcpStream>,
    to: TcpStream,
    /// What is asked next.
    pub request: Vec<u8>,
}

impl Line {
    /// Connects to a server on this machine.
    pub fn open(port: u16) -> std::io::Result<Self> {
        let to = TcpStream::connect(("127.0.0.1", port))?;
        to.set_nodelay(true)?;
        to.set_read_timeout(Some(Duration::from_mins(1)))?;
        let from = BufReader::with_capacity(16 * 1024, to.try_clone()?);
        Ok(Self { from, to, request: Vec::with_capacity(2048) })
    }

    /// Sends the request, and says how it went.
    pub fn ask(&mut self) -> std::io::Result<Exchange> {
        self.to.write_all(&self.request)?;
        let answer = http::read_answer(&mut self.from)?;
        if (200..300).contains(&answer.status) {
            return Ok(Ok(answer.body));
        }
        Ok(Err(format!("{} {}", answer.status, String::from_utf8_lossy(&answer.body))))
    }
}

/// What came of one exchange: what was answered, or what the server complains of.
pub type Exchange = Result<Vec<u8>, String>;

/// Has every client connect, and then make one exchange after the other for `time` after a warm-up: `exchange(line, client, n)`.
pub fn exchanges<L, C, E>(
    clients: usize,
    warm_up: Duration,
    time: Duration,
    connect: C,
    exchange: E,
) -> Outcome<Seen>
where
    C: Fn(usize) -> std::io::Result<L> + Sync,
    E: Fn(&mut L, usize, u64) -> std::io::Result<Exchange> + Sync,
{
    let (ready, measuring, over) =
        (Barrier::new(clients + 1), AtomicBool::new(false), AtomicBool::new(false));
    let client = |number: usize| -> std::io::Result<Seen> {
        let connected = connect(number);
        ready.wait();
        let mut line = connected?;
        let mut seen = Seen { good: 0, bad: 0, complaint: None, time, latencies: Vec::with_capacity(4096) };
        let mut n = 0;
        while !over.load(Ordering::Relaxed) {
            let begun = Instant::now();
            let outcome = exchange(&mut line, number, n)?;
            n += 1;
            if measuring.load(Ordering::Relaxed) && !over.load(Ordering::Relaxed) {
                seen.note(outcome, begun.elapsed());
            }
        }
        Ok(seen)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..clients).map(|number| scope.spawn(move_in(&client, number))).collect();
        ready.wait();
        std::thread::sleep(warm_up);
        measuring.store(true, Ordering::Relaxed);
        let begun = Instant::now();
        std::thread::sleep(time);
        over.store(true, Ordering::Relaxed);
        let measured = begun.elapsed();
        let mut all = Seen { good: 0, bad: 0, complaint: None, time: measured, latencies: Vec::new() };
        for thread in threads {
            let seen = thread.join().map_err(|_| Trouble::new("a client broke off"))?;
            all.add(seen.or_say("a client lost its connection")?);
        }
        all.latencies.sort_unstable();
        Ok(all)
    })
}

/// Of latencies, shortest first, the one in milliseconds that this share does not exceed.
pub fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).map_or(f64::NAN, |latency| latency.as_secs_f64() * 1000.0)
}

/// Gives a thread its number.
fn move_in<T>(client: &(impl Fn(usize) -> T + Sync), number: usize) -> impl FnOnce() -> T {
    move || client(number)
}

impl Seen {
    fn note(&mut self, outcome: Exchange, latency: Duration) {
        match outcome {
            Ok(_) => {
                self.good += 1;
                self.latencies.push(latency);
            }
            Err(complaint) => {
                self.bad += 1;
                self.complaint.get_or_insert(complaint);
            }
        }
    }

    fn add(&mut self, other: Self) {
        self.good += other.good;
        self.bad += other.bad;
        self.complaint = self.complaint.take().or(other.complaint);
        self.latencies.extend(other.latencies);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::net::TcpListener;

    /// Answers every 100 bytes it reads, on each connection.
    fn echo(listener: &TcpListener, clients: usize, answer: &'static [u8]) {
        for stream in listener.incoming().take(clients) {
            let mut stream = stream.unwrap();
            std::thread::spawn(move || {
                let mut request = [0_u8; 100];
                while stream.read_exact(&mut request).is_ok() && stream.write_all(answer).is_ok() {}
            });
        }
    }

    fn measure(answer: &'static [u8]) -> Seen {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = std::thread::spawn(move || echo(&listener, 4, answer));
        let seen = run(port, 4, Duration::from_millis(20), Duration::from_millis(80), |_, _, buffer| {
            buffer.resize(100, b'x');
        })
        .unwrap();
        server.join().unwrap();
        seen
    }

    #[test]
    fn good_answers_are_counted_and_timed() {
        let seen = measure(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").all_good().unwrap();
        assert!(seen.good > 10 && seen.per_second() > 100.0, "{seen:?}");
        assert!(seen.percentile(50) <= seen.percentile(99));
    }

    #[test]
    fn a_refusal_is_told_in_the_nodes_words() {
        let trouble =
            measure(b"HTTP/1.1 422 No\r\nContent-Length: 8\r\n\r\ntoo much").all_good().unwrap_err();
        assert!(trouble.to_string().ends_with("422 too much"), "{trouble}");
    }
}
