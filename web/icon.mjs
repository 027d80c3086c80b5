//! The club's sign when it has no picture of its own: a planet and its ring, as SVG and, for phones, as PNG.
//! Drawn from one description, so that no picture is committed.

import { deflateSync } from "node:zlib";

const GROUND = [0x1f, 0x5f, 0x5b];
const PAPER = [0xfb, 0xf8, 0xf3];
const SUN = [0xf2, 0xa6, 0x5a];

/** Discs in a square of 64, painted one over the other: centre, radius, colour, and how much the circle is flattened and turned. */
const DISCS = [
  { x: 32, y: 32, r: 23, colour: SUN, flat: 0.3, turn: -0.42 },
  { x: 32, y: 32, r: 19.5, colour: GROUND, flat: 0.22, turn: -0.42 },
  { x: 32, y: 32, r: 13, colour: PAPER, flat: 1, turn: 0 },
];
/** The near half of the ring lies over the planet. */
const FRONT = { outer: DISCS[0], inner: DISCS[1] };

const hex = (colour) => `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

/** The sign as SVG. */
export function iconSvg() {
  const { outer, inner } = FRONT;
  const turn = (outer.turn * 180) / Math.PI;
  const ring = (sweep) =>
    `M-${outer.r} 0A${outer.r} ${outer.r * outer.flat} 0 0 ${sweep} ${outer.r} 0H${inner.r}A${inner.r} ${inner.r * inner.flat} 0 0 ${1 - sweep} -${inner.r} 0Z`;
  const part = (sweep) => `<path transform="translate(32 32) rotate(${turn.toFixed(2)})" fill="${hex(SUN)}" d="${ring(sweep)}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="${hex(GROUND)}"/>${part(1)}<circle cx="32" cy="32" r="13" fill="${hex(PAPER)}"/>${part(0)}</svg>\n`;
}

/** The sign as PNG, `size` pixels square, full to the edge so that phones may cut their own shape (maskable). */
export function iconPng(size) {
  const rows = [];
  for (let y = 0; y < size; y++) {
    const row = [0]; // filter: none
    for (let x = 0; x < size; x++) row.push(...pixel(x, y, 64 / size));
    rows.push(Buffer.from(row));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8); // eight bits, RGB
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.concat(rows), { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

/** The mean of nine samples, so that edges are smooth. */
function pixel(x, y, scale) {
  const sum = [0, 0, 0];
  for (let at = 0; at < 9; at++) {
    const colour = colourAt((x + (at % 3) / 3 + 1 / 6) * scale, (y + Math.floor(at / 3) / 3 + 1 / 6) * scale);
    for (const part of [0, 1, 2]) sum[part] += colour[part];
  }
  return sum.map((part) => Math.round(part / 9));
}

function colourAt(x, y) {
  const { outer, inner } = FRONT;
  const onRing = inside(outer, x, y) && !inside(inner, x, y);
  if (onRing && turned(outer, x, y)[1] > 0) return SUN;
  if (inside(DISCS[2], x, y)) return PAPER;
  return onRing ? SUN : GROUND;
}

function turned({ x, y, turn }, px, py) {
  const [dx, dy] = [px - x, py - y];
  return [dx * Math.cos(turn) + dy * Math.sin(turn), dy * Math.cos(turn) - dx * Math.sin(turn)];
}

function inside(disc, px, py) {
  const [u, v] = turned(disc, px, py);
  return (u / disc.r) ** 2 + (v / (disc.r * disc.flat)) ** 2 <= 1;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

/** The checksum of PNG's chunks (ISO 3309). */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
