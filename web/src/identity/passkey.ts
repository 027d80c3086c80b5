//! Passkeys: the browser's WebAuthn dialogue, its JSON forms, and the secret (PRF) that opens the vault.
//! That secret never leaves this page: whatever is sent to the node goes through `answer`, which leaves it out.

import { concat, fromBase64url, randomBytes, toBase64url, utf8, type Bytes } from "../lib/bytes.ts";

/** WebAuthn options as JSON, the way the node sends them. */
export interface OptionsJson {
  publicKey: { [name: string]: unknown };
}

/** A passkey's answer as JSON, the way the node reads it. */
export interface CredentialJson {
  id: string;
  rawId: string;
  type: string;
  authenticatorAttachment?: string;
  response: { [name: string]: string | string[] };
  clientExtensionResults: { [name: string]: unknown };
}

/** What a dialogue gave: the answer to send, and the vault secret if the passkey has one. */
export interface Answer {
  credential: CredentialJson;
  secret?: Bytes;
  /** Whether this passkey can give a secret at all, perhaps only when it is used next. */
  hasSecret: boolean;
  /** The domain that the passkey is bound to, where the node named one. */
  rpId?: string | undefined;
}

/** The input of the PRF (docs/protocols/identity.md, section 5). */
const PRF = { prf: { eval: { first: utf8("planet vault prf v1") } } };

/** Whether this browser can do passkeys here (they need HTTPS, or localhost). */
export const supported = (): boolean => typeof PublicKeyCredential === "function" && window.isSecureContext;

/** Makes a passkey. */
export async function create({ publicKey }: OptionsJson): Promise<Answer> {
  const options = decode(publicKey) as unknown as PublicKeyCredentialCreationOptions;
  options.extensions = { ...options.extensions, ...PRF };
  return { ...answer(await navigator.credentials.create({ publicKey: options })), rpId: options.rp.id };
}

/** Asks for a passkey: signs the node's challenge and opens the vault in one touch. */
export async function ask({ publicKey }: OptionsJson, signal?: AbortSignal): Promise<Answer> {
  const options = decode(publicKey) as unknown as PublicKeyCredentialRequestOptions;
  options.extensions = { ...options.extensions, ...PRF };
  return answer(await navigator.credentials.get({ publicKey: options, ...(signal && { signal }) }));
}

/** Asks one of these passkeys for its secret only. The challenge is made here and its signature thrown away. */
export const askForSecret = (ids: readonly string[], rpId?: string): Promise<Answer> =>
  ask({
    publicKey: {
      ...(rpId !== undefined && { rpId }),
      challenge: toBase64url(randomBytes(32)),
      allowCredentials: ids.map((id) => ({ type: "public-key", id })),
      userVerification: "required",
    },
  });

/** Bytes travel as base64url in three places of the options. */
function decode(json: { [name: string]: unknown }): { [name: string]: unknown } {
  const list = (name: string): object =>
    Array.isArray(json[name]) ? { [name]: (json[name] as { id: string }[]).map((item) => ({ ...item, id: fromBase64url(item.id) })) } : {};
  const user = json["user"] as { id: string } | undefined;
  return {
    ...json,
    challenge: fromBase64url(json["challenge"] as string),
    ...(user && { user: { ...user, id: fromBase64url(user.id) } }),
    ...list("excludeCredentials"),
    ...list("allowCredentials"),
  };
}

function answer(credential: Credential | null): Answer {
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException("", "NotAllowedError");
  const { prf, ...results } = credential.getClientExtensionResults();
  const first = prf?.results?.first;
  return {
    credential: {
      id: credential.id,
      rawId: toBase64url(credential.rawId),
      type: credential.type,
      ...(credential.authenticatorAttachment && { authenticatorAttachment: credential.authenticatorAttachment }),
      response: response(credential.response),
      clientExtensionResults: results as { [name: string]: unknown },
    },
    ...(first && { secret: bytesOf(first) }),
    hasSecret: first !== undefined || prf?.enabled === true,
  };
}

function response(given: AuthenticatorResponse): { [name: string]: string | string[] } {
  const clientDataJSON = toBase64url(given.clientDataJSON);
  if (given instanceof AuthenticatorAttestationResponse) {
    const attestationObject = toBase64url(given.attestationObject);
    return { clientDataJSON, attestationObject, transports: given.getTransports?.() ?? [] };
  }
  const { authenticatorData, signature, userHandle } = given as AuthenticatorAssertionResponse;
  return {
    clientDataJSON,
    authenticatorData: toBase64url(authenticatorData),
    signature: toBase64url(signature),
    ...(userHandle && { userHandle: toBase64url(userHandle) }),
  };
}

const bytesOf = (source: BufferSource): Bytes =>
  concat(ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source));
