//! The one MLS suite that private conversations use, and how this library is to behave. Where the browser's own cryptography lacks a
//! part, plain script takes its place. It knows no conversation.

import {
  ciphersuites,
  defaultCryptoProvider,
  defaultKeyPackageEqualityConfig,
  defaultKeyRetentionConfig,
  defaultLifetimeConfig,
  getCiphersuiteFromName,
  getCiphersuiteImpl,
  nobleCryptoProvider,
  type AuthenticationService,
  type CiphersuiteImpl,
  type ClientConfig,
} from "ts-mls";

const SUITE: keyof typeof ciphersuites = "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519";

let loaded: Promise<CiphersuiteImpl> | undefined;

/** The suite, made once. */
export const suite = (): Promise<CiphersuiteImpl> => (loaded ??= load());

async function load(): Promise<CiphersuiteImpl> {
  const provider = (await knows("Ed25519", ["sign"])) && (await knows("X25519", ["deriveBits"])) ? defaultCryptoProvider : nobleCryptoProvider;
  return getCiphersuiteImpl(getCiphersuiteFromName(SUITE), provider);
}

/** The library does not look for itself whether WebCrypto knows a curve. */
async function knows(algorithm: string, uses: KeyUsage[]): Promise<boolean> {
  return crypto.subtle.generateKey(algorithm, false, uses).then(() => true, () => false);
}

/** How the library behaves; whoever it meets is checked by `service`. */
export const behaviour = (service: AuthenticationService): ClientConfig => ({
  keyRetentionConfig: defaultKeyRetentionConfig,
  lifetimeConfig: defaultLifetimeConfig,
  keyPackageEqualityConfig: defaultKeyPackageEqualityConfig,
  paddingConfig: { kind: "padUntilLength", padUntilLength: 256 },
  authService: service,
});

