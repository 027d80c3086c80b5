//! The one connection through which a page hears what moved: a WebSocket, or server-sent events where there is none. Knows no
//! tool; whoever listens names a topic and gets its frames. What is missed while the connection is broken comes afterwards.

/** A frame about one topic, as docs/protocols/chat.md has them. */
export type Frame = {
  topic: string;
  cursor?: number;
  note?: unknown;
  heard?: number;
  resync?: boolean;
  gone?: boolean;
  signal?: string;
  name?: string;
  code?: string;
  detail?: string;
};

type Heard = { since: number; tell: (frame: Frame) => void };

const FIRST_WAIT = 500; // milliseconds before the first new try
const LONGEST_WAIT = 30_000;
const TRIES = 3; // sockets that never opened before the fallback is used

export class Live {
  readonly #topics = new Map<string, Heard>();
  #socket: WebSocket | undefined;
  #events: EventSource | undefined;
  #wait = FIRST_WAIT;
  #failed = 0;

  /** Listens to a topic from a place on. */
  hear(topic: string, since: number, tell: (frame: Frame) => void): void {
    this.#topics.set(topic, { since, tell });
    if (this.#socket?.readyState === WebSocket.OPEN) this.#say({ hear: { topic, since } });
    else if (this.#socket === undefined) this.#open();
  }

  /** Tells the others something that is kept nowhere. */
  signal(topic: string, word: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#say({ signal: { topic, word } });
  }

  #open(): void {
    if (this.#failed >= TRIES) return this.#fallBack();
    const url = new URL("/live", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    this.#socket = socket;
    let opened = false;
    socket.addEventListener("open", () => {
      opened = true;
      this.#failed = 0;
      this.#wait = FIRST_WAIT;
      for (const [topic, { since }] of this.#topics) this.#say({ hear: { topic, since } });
    });
    socket.addEventListener("message", ({ data }) => this.#take(String(data)));
    socket.addEventListener("close", () => {
      if (!opened) this.#failed += 1;
      this.#later();
    });
  }

  /** Tries again, later each time and not when all others do. */
  #later(): void {
    const wait = this.#wait * (0.5 + Math.random());
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    setTimeout(() => this.#open(), wait);
  }

  #fallBack(): void {
    this.#events?.close();
    const topics = [...this.#topics].map(([topic, { since }]) => `${topic}=${since}`).join(",");
    this.#events = new EventSource(`/live/events?topics=${encodeURIComponent(topics)}`);
    this.#events.addEventListener("message", ({ data }) => this.#take(String(data)));
  }

  #take(text: string): void {
    const frame = JSON.parse(text) as Frame;
    const known = this.#topics.get(frame.topic);
    if (known === undefined) return;
    const reached = frame.cursor ?? frame.heard;
    if (reached !== undefined) known.since = Math.max(known.since, reached);
    if (frame.gone === true) this.#topics.delete(frame.topic);
    known.tell(frame);
  }

  #say(what: unknown): void {
    this.#socket?.send(JSON.stringify(what));
  }
}
