// Devices: a second one by a link, out everywhere at once, back in by a recovery code, and by passkey.

import assert from "node:assert/strict";
import { at, enter, fill, follow, look, misses, open, press, sees, told, visit } from "./cast.mjs";

/** Point 9: Ada's phone comes in by a link that her desktop shows. */
export async function secondDevice(stage, ada) {
  await visit(ada, "/devices", "devices");
  await press(ada, "Make a link for another device");
  const link = await ada.page.locator("code.secret").innerText();
  assert.match(link, /\/link\/[\w-]{43}#[\w-]{43}$/);
  await look(ada, "device-link");
  const phone = await enter(stage, "Ada’s phone", "phone");
  await visit(phone, link, "link");
  await sees(phone, "This link belongs to Ada Okafor.");
  await press(phone, "Use this device");
  await at(phone, "/");
  await told(phone, "This device is ready.");
  await visit(phone, "/devices", "devices-two");
  await sees(phone, "This device");
  return phone;
}

/** Point 9: out everywhere, by the phone; the desktop is out as well. */
export async function outEverywhere(ada, phone) {
  await press(phone, "Sign out everywhere");
  await at(phone, "/sign-in");
  await told(phone, "You are signed out everywhere.");
  await open(ada, "/wallet");
  await at(ada, "/sign-in");
  await look(ada, "sign-in");
  await press(ada, "Sign in with your passkey");
  await at(ada, "/wallet");
}

/** Point 9: every device is lost. A code lets Ada back in, once. */
export async function comeBack(stage, codes) {
  const borrowed = await enter(stage, "Ada, with nothing but a code", "desktop");
  await visit(borrowed, "/recover", "recover");
  await fill(borrowed, "Recovery code", codes[6].toLowerCase().replaceAll("-", " "));
  await press(borrowed, "Come back in");
  await at(borrowed, "/devices");
  await told(borrowed, "Welcome back.");
  await sees(borrowed, "You have 9 recovery codes left.");
  await open(borrowed, "/recover");
  await fill(borrowed, "Recovery code", codes[6]);
  await press(borrowed, "Come back in");
  await sees(borrowed, borrowed.page.locator(".field-error, .form-error"));
  await look(borrowed, "recover-spent");
  await borrowed.context.close();
}

/** Somebody has her keys. The words on paper end every way in but the one that they make, and are spent by that. */
export async function takeBack(stage, ada, words) {
  const safe = await enter(stage, "Ada, with nothing but her paper words", "phone");
  await visit(safe, "/sign-in", "sign-in-words");
  await follow(safe, "I have my paper words");
  await at(safe, "/words");
  await look(safe, "take-back");
  await fill(safe, /^Your 24 paper words/, words.with(3, "moonbeam").join(" "));
  await press(safe, "Take it back");
  await sees(safe, "“moonbeam” is not one of the words.");
  await fill(safe, /^Your 24 paper words/, [...words.slice(1), words[0]].join(" "));
  await press(safe, "Take it back");
  await sees(safe, safe.page.locator(".field-error"));
  await look(safe, "take-back-wrong");
  await fill(safe, /^Your 24 paper words/, words.map((word, index) => `${index + 1}. ${word.toUpperCase()}`).join("\n"));
  await press(safe, "Take it back");
  await at(safe, "/recovery");
  await told(safe, "Your identity is yours again");
  await sees(safe, "You have no recovery codes.");
  await sees(safe, "Your paper words are not written down yet.");
  await look(safe, "taken-back");
  await open(ada, "/wallet");
  await at(ada, "/sign-in");

  const again = await enter(stage, "Ada, with words that are used up", "desktop");
  await open(again, "/words");
  await fill(again, /^Your 24 paper words/, words.join(" "));
  await press(again, "Take it back");
  await sees(again, "No identity in this club answers to these words.");
  await again.context.close();

  await press(safe, "Show my paper words");
  await safe.page.locator(".secret-list li").nth(23).waitFor();
  assert.notDeepEqual(await safe.page.locator(".secret-list code").allTextContents(), words);
  return safe;
}

/** Signing out takes everything along, and the passkey lets one in again. */
export async function outAndIn(ben) {
  await visit(ben, "/settings", "settings");
  await press(ben, "Sign out");
  await at(ben, "/sign-in");
  await told(ben, "You are signed out on this device.");
  await misses(ben, "Ben Yilmaz");
  await press(ben, "Sign in with your passkey");
  await at(ben, "/");
  await sees(ben, "Hello, Ben Yilmaz");
}
