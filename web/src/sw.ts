//! The service worker: the app's shell at once, and a kind page when the club is out of reach.
//! It keeps no page and no answer of the club, since those are for the member who asked.

/** The hashed names of the shell, put in by the build. */
declare const SHELL: string[];
/** A name that changes whenever the shell does, put in by the build. */
declare const VERSION: string;

/** What TypeScript's page library lacks of a worker's own. */
interface Worker {
  addEventListener(type: "install" | "activate", listener: (event: { waitUntil(work: Promise<unknown>): void }) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchLike) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

interface FetchLike {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const worker = self as unknown as Worker;
const OFFLINE = "/offline";
const CACHE = `shell-${VERSION}`;

worker.addEventListener("install", (event) => {
  const pages = [OFFLINE, ...SHELL.map((name) => `/assets/${name}`)];
  const fresh = pages.map((url) => new Request(url, { credentials: "omit" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(offline));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});

/** The offline page, marked as such, so that drafts of what could not be sent are kept. */
async function offline(): Promise<Response> {
  const kept = await caches.match(OFFLINE);
  if (kept === undefined) return Response.error();
  const headers = new Headers();
  for (const name of ["content-type", "content-security-policy"]) headers.set(name, kept.headers.get(name) ?? "");
  const page = (await kept.text()).replace("<html", "<html data-offline");
  return new Response(page, { status: 503, headers });
}
