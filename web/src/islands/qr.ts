//! A QR code drawn in the page, for texts that the node must not see or need not draw.

import { encode } from "uqr";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4; // modules of white around it (ISO/IEC 18004, 6.3.8)

/** Draws `data-text` into the island. */
export function mount(island: HTMLElement): void {
  island.append(drawQr(island.dataset["text"] ?? "", island.dataset["label"] ?? ""));
}

/** The text as one SVG path, black on white in every theme so that cameras read it. */
export function drawQr(text: string, label: string): SVGSVGElement {
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  const svg = make("svg", { viewBox: `0 0 ${size} ${size}`, class: "qr", role: "img", "aria-label": label, "shape-rendering": "crispEdges" });
  svg.append(make("rect", { width: `${size}`, height: `${size}`, fill: "#fff" }), make("path", { d: path, fill: "#000" }));
  return svg;
}

function make<Name extends "svg" | "rect" | "path">(name: Name, attributes: { [name: string]: string }): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
