//! Bundles the browser's part: `node build.mjs [FOLDER]` writes FOLDER (default: dist) with hashed files, their compressed
//! twins, a list of them, and last a stamp of what they were made from. It installs nothing and fetches nothing.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { iconPng, iconSvg } from "./icon.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "dist");

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Licences that may be bundled into an AGPL-3.0-or-later program, by SPDX name; htmx writes the last one in its own way. */
const LICENCES = new Set(["MIT", "ISC", "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "OFL-1.1"]);
const SPDX = { "BSD-0-Clause": "0BSD" };

/** The text of Lucide's licence, which the package of its icons leaves out. */
const ISC = `ISC License

Copyright (c) for portions of Lucide are held by Cole Bemis 2013-2022 as part of Feather (MIT). All other copyright (c) for
Lucide are held by Lucide Contributors.

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR
CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF
CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
`;

/** What every page needs and the service worker keeps. */
const SHELL = ["app.js", "app.css", "icons.svg", "figtree.woff2"];

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  metafile: true,
  target: ["es2022", "chrome123", "firefox121", "safari17.5"],
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
};

async function main() {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const bundle = await build({
    ...common,
    entryPoints: [
      { in: "src/main.ts", out: "app" },
      { in: "styles/main.css", out: "app" },
    ],
    outdir: out,
    format: "esm",
    splitting: true,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[name]-[hash]",
    assetNames: "[name]-[hash]",
    publicPath: "/assets/",
    loader: { ".woff2": "file" },
  });
  const files = new Map(bundled(bundle.metafile));
  for (const [name, bytes] of [
    ["icons.svg", await sprite()],
    ["icon.svg", iconSvg()],
    ["icon-192.png", iconPng(192)],
    ["icon-512.png", iconPng(512)],
    ["icon-180.png", iconPng(180)],
    ["licences.json", await licences(bundle.metafile)],
  ]) {
    files.set(name, await keep(name, bytes));
  }
  await serviceWorker(files, bundle.metafile);
  await compress();
  const list = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  await writeFile(join(out, "manifest.json"), `${JSON.stringify(Object.fromEntries(list), null, 2)}\n`);
  await writeFile(join(out, "files.tsv"), await table(list));
  await writeFile(join(out, "stamp"), await stamp());
}

/** Logical name → hashed name of everything that esbuild wrote: `app-ABC.js` is known as `app.js`, the main font by its family. */
function bundled({ outputs }) {
  return Object.keys(outputs).map((path) => {
    const name = basename(path);
    const logical = name.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1").replace(/-latin-wght-normal(\.woff2)$/, "$1");
    return [name.startsWith("part-") ? name : logical, name];
  });
}

/** Writes a file under a name that holds its hash. */
async function keep(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  const hashed = name.replace(/(\.\w+)$/, `-${hash}$1`);
  await writeFile(join(out, hashed), bytes);
  return hashed;
}

/** The icons that pages name, as one file of symbols. */
async function sprite() {
  const names = JSON.parse(await readFile(join(here, "icons.json"), "utf8"));
  const lucide = JSON.parse(await readFile(join(here, "node_modules/@iconify-json/lucide/icons.json"), "utf8"));
  const symbols = [...new Set(names)].sort().map((name) => {
    const icon = lucide.icons[lucide.aliases?.[name]?.parent ?? name];
    if (icon === undefined) throw new Error(`icons.json names “${name}”, which Lucide does not have`);
    return `<symbol id="${name}" viewBox="0 0 24 24">${icon.body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

/** Name, version, licence and its text of every package of which something was bundled. */
async function licences({ inputs }) {
  const folders = new Set(["node_modules/@iconify-json/lucide"]);
  for (const path of Object.keys(inputs)) folders.add(/node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? "");
  folders.delete("");
  const rows = await Promise.all([...folders].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(join(here, folder, "package.json"), "utf8"));
    const licence = SPDX[license] ?? license;
    if (!LICENCES.has(licence)) throw new Error(`${name} ${version} has the licence “${license}”, which build.mjs does not know`);
    const text = folder.endsWith("/lucide") ? undefined : (await readdir(join(here, folder))).find((file) => /^licen[cs]e/i.test(file));
    if (text === undefined && licence !== "ISC") throw new Error(`${name} ${version} brings no licence text`);
    return { name, version, license: licence, text: text === undefined ? ISC : await readFile(join(here, folder, text), "utf8") };
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

/** The service worker keeps its name, since browsers look for it there; its shell is what was just built. */
async function serviceWorker(files, { outputs }) {
  const app = Object.entries(outputs).find(([path]) => basename(path) === files.get("app.js"))?.[1];
  const parts = app.imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => basename(path));
  const shell = [...SHELL.map((name) => files.get(name)), ...parts];
  const version = createHash("sha256").update(shell.join("\n")).digest("hex").slice(0, 12);
  await build({
    ...common,
    entryPoints: ["src/sw.ts"],
    outfile: join(out, "sw.js"),
    format: "iife",
    define: { SHELL: JSON.stringify(shell), VERSION: JSON.stringify(version) },
  });
  files.set("sw.js", "sw.js");
}

/** Texts get a brotli and a gzip twin; fonts and pictures are compressed already. */
async function compress() {
  for (const name of await readdir(out)) {
    if (![".css", ".js", ".svg", ".json"].includes(extname(name))) continue;
    const bytes = await readFile(join(out, name));
    await writeFile(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    await writeFile(join(out, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
}

/** One line a file for the node's build script: logical name, name, content type, hash of the content. */
async function table(list) {
  const rows = list.map(async ([name, hashed]) => {
    const hash = createHash("sha256").update(await readFile(join(out, hashed))).digest("hex").slice(0, 16);
    return `${name}\t${hashed}\t${TYPES[extname(hashed)]}\t${hash}\n`;
  });
  return (await Promise.all(rows)).join("");
}

/** FNV-1a over the names and contents of all sources, the same as in crates/5-node/build.rs: it tells stale, not forged. */
async function stamp() {
  const top = ["build.mjs", "icon.mjs", "icons.json", "package-lock.json", "package.json", "tsconfig.json"];
  const inner = await Promise.all(["src", "styles"].map((folder) => readdir(join(here, folder), { recursive: true, withFileTypes: true })));
  const found = inner.flat().filter((entry) => entry.isFile());
  const names = [...top, ...found.map((entry) => relative(here, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))];
  let hash = 0xcbf29ce484222325n;
  const eat = (bytes) => {
    for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  };
  for (const name of names.sort()) {
    eat(Buffer.from(`${name}\0`));
    eat(await readFile(join(here, name)));
    eat([0]);
  }
  return hash.toString(16).padStart(16, "0");
}

await main().catch((error) => {
  // esbuild has shown its own messages, with file and line.
  if (error.errors === undefined) console.error(error.message);
  process.exit(1);
});
