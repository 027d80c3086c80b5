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

/** A picture of the whole page in light and one in dark. The window is made as tall as the page, so that bars stand at its ends. */
async function picture(page, { width, height }, file) {
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, tall) });
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: file(colorScheme), type: "jpeg", quality: 90 });
  }
}

/** What the page names and the club does not have: icons that the sprite lacks, and texts without words, which stand between
 *  white brackets. No other check sees them. */
async function missing(page) {
  const keys = (await page.content()).match(/\u27e6[^\u27e7]*\u27e7/g) ?? [];
  const icons = await page.evaluate(async () => {
    const wanted = [...document.querySelectorAll("svg.icon use")].map((use) => use.getAttribute("href").split("#"));
    if (wanted.length === 0) return [];
    const sprite = await (await fetch(wanted[0][0])).text();
    return wanted.map(([, name]) => name).filter((name) => !sprite.includes(`id="${name}"`));
  });
  return [...keys.map((key) => `there is no text ${key}`), ...icons.map((icon) => `there is no icon ${icon}`)];
}

/** Looks at the page on a phone in light and on a desktop in dark, and takes all four pictures where there is a folder for
 *  them. Puts the page back as it was, and gives what was found. */
export async function inspect(page, folder, name, devices = Object.keys(WINDOWS)) {
  const [before, found] = [page.viewportSize(), (await missing(page)).map((fault) => `${name}: ${fault}`)];
  for (const device of devices) {
    const size = WINDOWS[device];
    const colorScheme = device === "phone" ? "light" : "dark";
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    found.push(...(await faults(page)).map((fault) => `${name}, ${device}, ${colorScheme}: ${fault}`));
    if (folder) await picture(page, size, (scheme) => join(folder, `${name}-${device}-${scheme}.jpg`));
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
  return found;
}
