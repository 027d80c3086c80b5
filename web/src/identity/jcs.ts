//! The one way to write a JSON value that everybody hashes alike (RFC 8785). Only for values that JSON can hold.

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** RFC 8785: members sorted by UTF-16 code units, no white space, numbers and strings as ECMAScript writes them. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.keys(value)
      .sort()
      .map((name) => `${text(name)}:${canonical(value[name] as Json)}`);
    return `{${members.join(",")}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError("JSON has no such number");
  return typeof value === "string" ? text(value) : JSON.stringify(value);
}

/** RFC 8785, section 3.2.2.2: half of a surrogate pair is an error, not a question mark. */
function text(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new RangeError("the text holds half a character");
  return JSON.stringify(value);
}
