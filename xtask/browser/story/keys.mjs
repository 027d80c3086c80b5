// Devices: a second one by a link, out everywhere at once, back in by a recovery code, and by passkey.

import assert from "node:assert/strict";
import { at, enter, fill, look, misses, open, press, sees, told, visit } from "./cast.mjs";

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
