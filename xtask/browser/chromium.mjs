// Starts Chromium, gives pages a passkey, looks at pages with axe and takes their pictures. It knows no page of the club.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The two windows through which every page is looked at. */
export const WINDOWS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };

/** Starts Debian's Chromium without a window; it asks nobody but the node for anything. */
export function start() {
  const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"];
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: process.env.PLANET_CHROMIUM, args: [...quiet, ...asRoot] });
}

/** A virtual device that holds passkeys and says yes; every page that uses passkeys needs its own. */
export async function authenticator(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true,
      hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, hasPrf: true,
    },
  });
  return { session, authenticatorId };
}

/** What axe finds wrong with a page, as sentences; empty when all is well. */
export async function faults(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(" ")})`));
}

/** Looks at the page on a phone in light and on a desktop in dark, and takes all four pictures where there is a folder for
 *  them. Puts the page back as it was, and gives what axe found. */
export async function inspect(page, folder, name) {
  const [before, found] = [page.viewportSize(), []];
  for (const [device, size] of Object.entries(WINDOWS)) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      if ((device === "phone") === (colorScheme === "light")) {
        found.push(...(await faults(page)).map((fault) => `${name}, ${device}, ${colorScheme}: ${fault}`));
      }
      if (folder) await page.screenshot({ path: join(folder, `${name}-${device}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
  return found;
}
