//! The club's sign when it has no picture of its own: a planet and its ring, as SVG and, for phones, as PNG.
//! Drawn from one description, so that no picture is committed.

import { deflateSync } from "node:zlib";

const GROUND = [0x2f, 0x6b, 0x3c];
const PAPER = [0xfa, 0xf8, 0xf5];
const SUN = [0xf2, 0xa6, 0x5a];

/** In a square of 64: the planet, and the ring as the difference of two flattened, turned discs. */
const CENTRE = 32;
const PLANET = 13;
const RING = { outer: { along: 23, across: 6.9 }, inner: { along: 19.5, across: 4.3 }, turn: -24 };

const hex = (colour) => `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

/** The sign as SVG: the far half of the ring, the planet, the near half. */
export function iconSvg() {
  const { outer, inner, turn } = RING;
  const half = (sweep) =>
    `<path transform="translate(${CENTRE} ${CENTRE}) rotate(${turn})" fill="${hex(SUN)}" d="M-${outer.along} 0A${outer.along} ${outer.across} 0 0 ${sweep} ${outer.along} 0H${inner.along}A${inner.along} ${inner.across} 0 0 ${1 - sweep} -${inner.along} 0Z"/>`;
  const planet = `<circle cx="${CENTRE}" cy="${CENTRE}" r="${PLANET}" fill="${hex(PAPER)}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="${hex(GROUND)}"/>${half(1)}${planet}${half(0)}</svg>\n`;
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
  const [dx, dy] = [x - CENTRE, y - CENTRE];
  const turn = (RING.turn * Math.PI) / 180;
  const [along, across] = [dx * Math.cos(turn) + dy * Math.sin(turn), dy * Math.cos(turn) - dx * Math.sin(turn)];
  const within = (disc) => (along / disc.along) ** 2 + (across / disc.across) ** 2 <= 1;
  const ring = within(RING.outer) && !within(RING.inner);
  if (ring && across > 0) return SUN;
  if (Math.hypot(dx, dy) <= PLANET) return PAPER;
  return ring ? SUN : GROUND;
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
