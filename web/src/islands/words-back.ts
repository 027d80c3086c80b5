//! Taking an identity back with the paper words. They stay here: the node sees the public half of their key and what it signed.

import { toBase64url, randomBytes, utf8, type Bytes } from "../lib/bytes.ts";
import { fields, local, say } from "../lib/form.ts";
import { post, Refusal } from "../lib/http.ts";
import { SORRY, WAIT } from "../lib/texts.ts";
import { succession } from "../identity/did.ts";
import { enrolOnSubmit, type Begun, type Stage } from "../identity/enrol.ts";
import { signingKey, type SigningKey } from "../identity/keys.ts";
import { type Answer } from "../identity/passkey.ts";
import { lock, newVaultKey, type Contents } from "../identity/vault.ts";
import { englishWords, fromWords } from "../identity/words.ts";

/** What the node answers: whose words these are, by the newest entry of that log. */
interface Known extends Begun {
  ticket: string;
  did: string;
  entry: string;
}

/** Enhances the form; its box `words` stays here. */
export function mount(form: HTMLFormElement): void {
  enrolOnSubmit(form, async (submitter) => {
    const paper = await signingKey(await read(local(form, "words")));
    const given = fields(form, submitter);
    say(form, WAIT.node);
    const known = await post<Known>(form.dataset["begin"] ?? "", { fields: given, key: paper.multikey });
    say(form, WAIT.keys);
    return takeBack(known, paper, given);
  });
}

/** New keys, a new vault, and the entry that the words' key signs. */
async function takeBack(known: Known, paper: SigningKey, given: Stage["given"]): Promise<Stage> {
  const [seed, recovery, vaultKey] = [randomBytes(32), randomBytes(32), newVaultKey()];
  const { did, line, number } = await succession({ before: known.entry, paper, seed, recovery, now: new Date() });
  const contents: Contents = { v: 1, seed: toBase64url(seed), did, update: number, device: 1, recovery: toBase64url(recovery) };
  const ciphertext = await lock(vaultKey, contents);
  return {
    begun: known,
    opened: { vault: { ciphertext, wraps: [] }, vaultKey, contents },
    given,
    also: async (passkey) => ({ entry: line, ciphertext, proof: toBase64url(await paper.sign(proven(known, passkey))) }),
  };
}

/** What the words' key signs: where, whose identity, in which step, and for which passkey. */
const proven = ({ did, ticket }: Known, { credential }: Answer): Bytes =>
  utf8(`planet take back v1\n${location.origin}\n${did}\n${ticket}\n${credential.id}\n`);

/** The key in what somebody typed. Numbers and commas between the words do no harm. */
async function read(typed: string): Promise<Bytes> {
  const words = typed.toLowerCase().split(/[^a-z]+/).filter(Boolean);
  const list = await englishWords();
  const stranger = words.find((word) => !list.includes(word));
  if (stranger !== undefined) throw new Refusal(SORRY.noWord(stranger), "words", "words");
  if (words.length !== 24) throw new Refusal(SORRY.words(words.length), "words", "words");
  const key = await fromWords(words, list);
  if (key === undefined) throw new Refusal(SORRY.wordOrder, "words", "words");
  return key;
}
