//! Talking to the node: JSON there and back, refusals as sentences. No retries; whoever submits decides.

import { SORRY } from "./texts.ts";

/** A refusal that a person can read; `field` names the input it is about. */
export class Refusal extends Error {
  readonly code: string;
  readonly field: string | undefined;

  constructor(sentence: string, code = "refused", field?: string) {
    super(sentence);
    this.code = code;
    this.field = field;
  }
}

/** Refusals after which the ceremony has to begin anew: its challenge is gone. */
const OVER = new Set(["challenge_unknown", "challenge_used", "challenge_expired", "ceremony_expired", "did_log_moved"]);

/** Whether what was begun is of no use any more. */
export const isOver = (error: unknown): boolean => error instanceof Refusal && OVER.has(error.code);

/** Posts JSON and gives the JSON answer; throws `Refusal` when the node says no or cannot be reached. */
export const post = <T>(url: string, body: unknown): Promise<T> =>
  exchange(url, sending(body));

/** The same without a word of who it is: no cookie goes along. */
export const postUnnamed = <T>(url: string, body: unknown): Promise<T> =>
  exchange(url, { ...sending(body), credentials: "omit" });

const sending = (body: unknown): RequestInit => ({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** Gets JSON; throws as `post` does. */
export const get = <T>(url: string, signal?: AbortSignal): Promise<T> => exchange(url, signal ? { signal } : {});

async function exchange<T>(url: string, init: RequestInit): Promise<T> {
  const headers = { accept: "application/json", ...init.headers };
  const response = await fetch(url, { credentials: "same-origin", ...init, headers }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refusal(SORRY.offline, "offline");
  });
  const body = (await response.json().catch(() => undefined)) as unknown;
  if (!response.ok) throw refusal(body);
  if (body === undefined) throw new Refusal(SORRY.answer, "answer");
  return body as T;
}

/** RFC 9457 problem details, whose `detail` is the sentence to show. */
function refusal(body: unknown): Refusal {
  const outer = (body ?? {}) as { error?: unknown };
  const problem = (outer.error ?? outer) as { [name: string]: string | null | undefined };
  const sentence = problem["sentence"] ?? problem["detail"] ?? problem["title"] ?? SORRY.unknown;
  return new Refusal(sentence, problem["code"] ?? undefined, problem["field"] ?? undefined);
}
