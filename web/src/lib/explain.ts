//! What went wrong, as a sentence for a person. It never shows an exception's own text.

import { Refusal } from "./http.ts";
import { SORRY } from "./texts.ts";

/** WebAuthn's errors (Level 3, section 5.1.3) by name; several causes share one name on purpose of the standard. */
const DIALOGUE: { [name: string]: string } = {
  NotAllowedError: SORRY.notAllowed,
  InvalidStateError: SORRY.exists,
  SecurityError: SORRY.security,
  ConstraintError: SORRY.constraint,
  NotSupportedError: SORRY.constraint,
  AbortError: SORRY.aborted,
};

/** Any error as a refusal with a sentence. */
export function explain(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const sentence = error instanceof DOMException ? DIALOGUE[error.name] : undefined;
  if (sentence === undefined) console.error(error);
  return new Refusal(sentence ?? SORRY.unknown, "browser");
}
