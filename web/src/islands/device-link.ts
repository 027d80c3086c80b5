//! A link that lets the member's second device in. The node knows its token, only the two devices its secret.

import { randomBytes, toBase64url } from "../lib/bytes.ts";
import { button, element } from "../lib/dom.ts";
import { attempt, say } from "../lib/form.ts";
import { post } from "../lib/http.ts";
import { KEEP, WAIT } from "../lib/texts.ts";
import { openOwnVault } from "../identity/member.ts";
import { wrapKey } from "../identity/vault.ts";
import { drawQr } from "./qr.ts";

/** Puts the button into the island. */
export function mount(island: HTMLElement): void {
  const shown = element("div", { class: "stack" });
  const start = button(KEEP.makeLink, () => void attempt(island, make));
  start.dataset["main"] = "";
  island.append(start, shown);

  async function make(): Promise<void> {
    const { vaultKey } = await openOwnVault(island);
    const secret = randomBytes(32);
    const wrap = await wrapKey("device-link", secret, "", vaultKey);
    say(island, WAIT.node);
    const { token } = await post<{ token: string }>(island.dataset["save"] ?? "", { wrap });
    const link = new URL(`${island.dataset["target"] ?? "/link/"}${encodeURIComponent(token)}#${toBase64url(secret)}`, location.href).href;
    shown.replaceChildren(
      element("p", {}, KEEP.link),
      drawQr(link, KEEP.linkLabel),
      element("code", { class: "secret", "data-secrets": "" }, link),
      element("button", { type: "button", class: "button button-quiet", "data-copy-text": link }, KEEP.copy),
    );
  }
}
