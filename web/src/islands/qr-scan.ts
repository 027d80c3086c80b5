//! Scanning a payment code with the camera, where the browser can. Elsewhere the phone's own camera app does it.

import { button, element } from "../lib/dom.ts";
import { attempt, go, say } from "../lib/form.ts";
import { Refusal } from "../lib/http.ts";
import { SMALL, SORRY } from "../lib/texts.ts";

/** Shape Detection API, not yet in TypeScript's own types. */
declare class BarcodeDetector {
  constructor(options: { formats: string[] });
  static getSupportedFormats(): Promise<string[]>;
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

/** Puts the button into the island. */
export function mount(island: HTMLElement): void {
  let stop: (() => void) | undefined;
  const start = button(SMALL.scan, () => {
    if (stop === undefined) void attempt(island, scan);
    else stop();
  });
  island.append(start);

  async function scan(): Promise<void> {
    if (!(await canScan())) throw new Refusal(SORRY.noScanner, "no_scanner");
    const camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => {
      throw new Refusal(SORRY.camera, "camera");
    });
    const video = element("video", { class: "scanner", playsinline: "", muted: "" });
    let running = true;
    stop = () => (running = false);
    start.textContent = SMALL.stop;
    island.append(video);
    try {
      video.srcObject = camera;
      await video.play();
      const found = await watch(video, () => running && island.isConnected);
      if (found !== undefined) await follow(found);
    } finally {
      for (const track of camera.getTracks()) track.stop();
      video.remove();
      start.textContent = SMALL.scan;
      stop = undefined;
      say(island, "");
    }
  }

  async function follow(text: string): Promise<void> {
    const url = URL.parse(text);
    const prefix = island.dataset["prefix"] ?? "/";
    if (url?.origin !== location.origin || !url.pathname.startsWith(prefix)) throw new Refusal(SORRY.otherClub, "other_club");
    await go(url.href);
  }
}

async function canScan(): Promise<boolean> {
  return "BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

/** Looks about four times a second until there is a code or nobody wants one any more. */
async function watch(video: HTMLVideoElement, wanted: () => boolean): Promise<string | undefined> {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  while (wanted()) {
    const [found] = await detector.detect(video);
    if (found !== undefined) return found.rawValue;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return undefined;
}
