// The people of the story and what all of them can do: open a page, fill it in, press, and say what they see. No page is known here.

import assert from "node:assert/strict";
import { WINDOWS, authenticator, inspect } from "../chromium.mjs";

/** A person with a device of their own: a browser without memory and an authenticator without passkeys. */
export async function enter(stage, name, device, options = {}) {
  const context = await stage.browser.newContext({
    viewport: WINDOWS[device], hasTouch: device === "phone", isMobile: device === "phone",
    // Without fades, so that axe measures colours and not a moment between two of them.
    reducedMotion: "reduce", locale: "en-GB", permissions: ["clipboard-read", "clipboard-write"], ...options,
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const who = { name, context, page, stage, ...(await authenticator(page)) };
  watch(who);
  return who;
}

/** Notes every error that the browser reports. */
function watch({ name, page, stage }) {
  const refused = new Set();
  const complain = (what) => stage.complaints.push(`${name}, ${page.url()}: ${what}`);
  page.on("request", (request) => {
    // The browser's own JSON form of an answer holds what locks the vault; a node would take it without a word.
    if (request.postData()?.includes('"prf"')) complain(`the secret of a passkey is sent to ${request.url()}`);
  });
  page.on("response", (response) => {
    // Without a connection the service worker answers, and rightly so with 503.
    if (response.status() >= 500 && !response.fromServiceWorker()) complain(`${response.status()} for ${response.url()}`);
    // A refusal is an answer; the browser still calls it an error when a page or a form is refused.
    const asked = response.request();
    if (response.status() >= 400 && (asked.isNavigationRequest() || asked.method() === "POST")) refused.add(response.url());
  });
  page.on("pageerror", (error) => {
    // Chromium rejects a promise that nobody holds when a page is left during its fade.
    if (!String(error).includes("Transition was")) complain(`uncaught ${error}`);
  });
  page.on("console", (message) => {
    const refusal = message.text().startsWith("Failed to load resource") && refused.has(message.location().url);
    if (message.type() === "error" && !refusal) complain(message.text());
  });
}

/** Opens a path of the club or a whole address; the answer must be the one that is expected. */
export async function open(who, path, status = 200) {
  const answer = await who.page.goto(new URL(path, who.stage.base).href);
  // An address that differs from the present one in its fragment alone is not asked for again.
  if (answer !== null) assert.equal(answer.status(), status, `${who.name} opens ${path}`);
}

/** Waits until the browser is at a path. */
export async function at(who, path) {
  const fits = ({ pathname }) => (typeof path === "string" ? pathname === path : path.test(pathname));
  await who.page.waitForURL(fits).catch(() => assert.fail(`${who.name} is at ${who.page.url()}, not at ${path}`));
}

/** Waits for something to be seen: a sentence or part of it, a pattern, or an element. */
export async function sees(who, what) {
  const found = typeof what === "string" || what instanceof RegExp ? who.page.getByText(what) : what;
  await found.filter({ visible: true }).first().waitFor().catch(async () => {
    const text = await who.page.locator("body").innerText();
    assert.fail(`${who.name} does not see ${what} at ${who.page.url()}, but:\n${text}`);
  });
}

/** Opens a page again and again until it says what the node does by itself, a little later. */
export async function awaits(who, path, what) {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    await open(who, path);
    if ((await who.page.getByText(what).filter({ visible: true }).count()) > 0) return;
    await who.page.waitForTimeout(500);
  }
  await sees(who, what);
}

/** Something is not there, on a page that is there. */
export async function misses(who, what) {
  await who.page.locator("main").waitFor();
  assert.equal(await who.page.getByText(what).count(), 0, `${who.name} sees ${what} at ${who.page.url()}`);
}

/** The club says that something was done. */
export async function told(who, sentence) {
  await sees(who, who.page.locator("#toasts").getByText(sentence));
}

/** The field of that label, and not the list of its suggestions. */
const box = (who, label) => who.page.getByLabel(label).and(who.page.locator("input, textarea, select")).filter({ visible: true }).first();

/** Writes into the field of that label. */
export const fill = (who, label, text) => box(who, label).fill(text);

/** What stands in the field of that label. */
export const stands = async (who, label, text) => assert.equal(await box(who, label).inputValue(), text);

/** Chooses from the drop-down of that label. */
export const select = (who, label, option) => box(who, label).selectOption({ label: option });

/** Writes the beginning of something and waits until that suggestion is offered. */
export async function begin(who, label, beginning, wanted) {
  const field = box(who, label);
  await field.fill("");
  await field.pressSequentially(beginning);
  const option = who.page.getByRole("option", { name: wanted }).first();
  await option.waitFor();
  return { field, option };
}

/** Writes the beginning of something and takes one of the suggestions, by keyboard. */
export async function choose(who, label, beginning, wanted) {
  const { field, option } = await begin(who, label, beginning, wanted);
  while ((await option.getAttribute("aria-selected")) !== "true") await field.press("ArrowDown");
  await field.press("Enter");
}

/** Ticks the choice of that name. */
export const tick = (who, name) => who.page.getByRole("radio", { name }).check();

/** Presses the button of that name. */
export const press = (who, name) => who.page.locator("main, [popover], body").getByRole("button", { name, exact: true }).filter({ visible: true }).first().click();

/** Follows the link of that name in the page. */
export const follow = (who, name) => who.page.locator("main").getByRole("link", { name }).first().click();

/** Looks closely at the page as it stands: with axe, in light and dark, on two devices or on those that are named. */
export async function look(who, name, devices) {
  const { stage, page } = who;
  assert.ok(!stage.seen.has(name), `two pages are called ${name}`);
  stage.seen.add(name);
  stage.complaints.push(...(await inspect(page, stage.pictures, name, devices)));
}

/** Opens a page and looks closely at it. */
export async function visit(who, path, name, status = 200) {
  await open(who, path, status);
  await look(who, name);
}
