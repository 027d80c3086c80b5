//! This browser as a device of a member: its key, what proves that it is the member's, and the key packages by which others take it into
//! conversations while it is away. It knows no conversation.

import { encodeMlsMessage, decodeMlsMessage, generateKeyPackageWithKey, type Capabilities, type KeyPackage, type PrivateKeyPackage } from "ts-mls";
import { makeKeyPackageRef } from "ts-mls/keyPackage.js";
import { fromBase64url, toBase64url, utf8 } from "../lib/bytes.ts";
import type { SigningKey } from "../identity/keys.ts";
import { vouch } from "./credential.ts";
import type { Delivery } from "./delivery.ts";
import type { Keep } from "./kept.ts";
import { suite } from "./suite.ts";

/** This device as it is kept; keys are base64url. */
export interface Device {
  id: string;
  did: string;
  credential: string;
  signKey: string;
  publicKey: string;
}

/** A key package with its secrets as it is kept. */
interface KeptPackage {
  message: string;
  init: string;
  hpke: string;
  last: boolean;
  /** Seconds since 1970. */
  expires: number;
}

const STOCK = 20; // one-time packages that wait with the node
const LOW = 8;
const LIFE = 28 * 86_400; // seconds
const RENEWED = 14 * 86_400;
const GRACE = 7 * 86_400; // how long a welcome may still come for a package that is over

/** What was read, and whom this browser has met, does not go with the device. */
const STAYS = /^(said\/|log\/|people$)/;

/** Only what we use, so that nothing else can be asked of us. */
const ABLE: Capabilities = {
  versions: ["mls10"],
  ciphersuites: ["MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519"],
  extensions: [],
  proposals: [],
  credentials: ["basic"],
};

/** Sets this browser up: makes its key, has it vouched for by the member's daily key, and leaves packages with the node. */
export async function setUp(keep: Keep, delivery: Delivery, did: string, name: string, signer: SigningKey): Promise<Device> {
  const { signKey, publicKey } = await (await suite()).signature.keygen();
  const id = crypto.randomUUID();
  const credential = await vouch(signer, did, id, publicKey);
  const device = { id, did, credential, signKey: toBase64url(signKey), publicKey: toBase64url(publicKey) };
  await delivery.addDevice(id, name, credential);
  await keep.write({ device });
  await restock(keep, delivery, device);
  return device;
}

/** This device, if it is set up and the node still knows it as in use. What belonged to one that is gone is forgotten. */
export async function present(keep: Keep, delivery: Delivery): Promise<Device | undefined> {
  const device = await keep.read<Device>("device");
  if (device === undefined) return undefined;
  const known = (await delivery.devices()).find(({ id }) => id === device.id);
  if (known === undefined || known.revoked !== null) {
    const names = await keep.names("");
    await keep.write(Object.fromEntries(names.filter((name) => !STAYS.test(name)).map((name) => [name, undefined])));
    return undefined;
  }
  if (known.packages < LOW || (await stale(keep))) await restock(keep, delivery, device);
  return device;
}

const seconds = (): number => Math.floor(Date.now() / 1000);

async function stale(keep: Keep): Promise<boolean> {
  const all = await Promise.all((await keep.names("package/")).map((name) => keep.read<KeptPackage>(name)));
  return !all.some((it) => it?.last === true && it.expires - seconds() > LIFE - RENEWED);
}

/** Leaves fresh packages with the node, and forgets those for which nothing can come any more. */
async function restock(keep: Keep, delivery: Delivery, device: Device): Promise<void> {
  const changes: { [name: string]: unknown } = {};
  for (const name of await keep.names("package/")) {
    const kept = await keep.read<KeptPackage>(name);
    if (kept !== undefined && kept.expires + GRACE < seconds()) changes[name] = undefined;
  }
  const offered: string[] = [];
  let lastResort = "";
  for (let number = 0; number <= STOCK; number += 1) {
    const last = number === STOCK;
    const { name, kept } = await makePackage(device, last);
    changes[name] = kept;
    if (last) lastResort = kept.message;
    else offered.push(kept.message);
  }
  // Kept first: a package that somebody took before its secrets were kept could never be used.
  await keep.write(changes);
  await delivery.offer({ device: device.id, packages: offered, last_resort: lastResort, expires: (seconds() + LIFE) * 1_000_000 });
}

async function makePackage(device: Device, last: boolean): Promise<{ name: string; kept: KeptPackage }> {
  const { publicPackage, privatePackage } = await freshPackage(device);
  const ref = await makeKeyPackageRef(publicPackage, (await suite()).hash);
  const message = encodeMlsMessage({ version: "mls10", wireformat: "mls_key_package", keyPackage: publicPackage });
  const secrets = { init: toBase64url(privatePackage.initPrivateKey), hpke: toBase64url(privatePackage.hpkePrivateKey) };
  return { name: `package/${toBase64url(ref)}`, kept: { message: toBase64url(message), ...secrets, last, expires: seconds() + LIFE } };
}

/** A package of this device with its secrets. */
export async function freshPackage(device: Device): Promise<{ publicPackage: KeyPackage; privatePackage: PrivateKeyPackage }> {
  const keys = { signKey: fromBase64url(device.signKey), publicKey: fromBase64url(device.publicKey) };
  const life = { notBefore: BigInt(seconds() - 86_400), notAfter: BigInt(seconds() + LIFE) };
  return generateKeyPackageWithKey({ credentialType: "basic", identity: utf8(device.credential) }, ABLE, life, [], keys, await suite());
}

/** The package of this name with its secrets, as joining needs them, and whether it may be used again. */
export async function keptPackage(
  keep: Keep,
  device: Device,
  ref: Uint8Array,
): Promise<{ name: string; last: boolean; publicPackage: KeyPackage; privatePackage: PrivateKeyPackage } | undefined> {
  const name = `package/${toBase64url(ref)}`;
  const kept = await keep.read<KeptPackage>(name);
  const decoded = kept && decodeMlsMessage(fromBase64url(kept.message), 0)?.[0];
  if (kept === undefined || decoded?.wireformat !== "mls_key_package") return undefined;
  const secrets = { initPrivateKey: fromBase64url(kept.init), hpkePrivateKey: fromBase64url(kept.hpke) };
  return { name, last: kept.last, publicPackage: decoded.keyPackage, privatePackage: { ...secrets, signaturePrivateKey: fromBase64url(device.signKey) } };
}
