// Builds static/dist: bundles with hashed names, manifest.json (name -> hashed file), .br and .gz beside each file.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { chmod, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const DIST = "static/dist";
const NEXT = await mkdtemp("static/dist-");
const ENTRIES = [
  "static/css/main.css",
  "static/js/main.js",
  "static/js/offline/sw.js",
  "static/js/checkin/scanner.js",
  "static/js/checkin/decoder.worker.js",
];
const KEPT_FOR_MS = 24 * 60 * 60 * 1000;
const COPIES = ["node_modules/zxing-wasm/dist/reader/zxing_reader.wasm"];

async function bundle() {
  const { metafile } = await build({
    entryPoints: ENTRIES,
    outdir: NEXT,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    metafile: true,
    format: "iife", // Safari 14 has no module workers
    target: ["chrome87", "safari14.1"],
    external: ["/static/*"], // pictures keep their own address
    logLevel: "warning",
  });
  const built = {};
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint) built[path.basename(entryPoint)] = path.basename(file);
  }
  return built;
}

async function copy(source) {
  const content = await readFile(source);
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const { name, ext, base } = path.parse(source);
  const target = `${name}-${digest}${ext}`;
  await writeFile(path.join(NEXT, target), content);
  return { [base]: target };
}

async function compress(file) {
  const content = await readFile(file);
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  await writeFile(`${file}.br`, brotliCompressSync(content, brotli));
  await writeFile(`${file}.gz`, gzipSync(content, { level: 9 }));
}

async function fail() {
  // After a failed build there must be no bundle rather than yesterday's.
  await Promise.all([DIST, NEXT].map((folder) => rm(folder, { recursive: true, force: true })));
  process.exit(1); // esbuild has said what is wrong
}

// A program that is running, and a page that is open, still ask for the files they were made with.
async function keepYesterdays() {
  for (const file of await readdir(DIST).catch(() => [])) {
    const isNamedByContent = /-[0-9A-Z]{8}\./.test(file);
    const { mtimeMs } = await stat(path.join(DIST, file));
    if (isNamedByContent && Date.now() - mtimeMs < KEPT_FOR_MS) await rename(path.join(DIST, file), path.join(NEXT, file));
  }
}

// Built beside the old one and put in its place at once: whoever starts meanwhile finds one or the other.
const bundles = await bundle().catch(fail);
const manifest = Object.assign(bundles, ...(await Promise.all(COPIES.map(copy))));
await Promise.all((await readdir(NEXT)).map((file) => compress(path.join(NEXT, file))));
await writeFile(path.join(NEXT, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await keepYesterdays();
await chmod(NEXT, 0o755); // a temporary folder is nobody else's to read
await rm(DIST, { recursive: true, force: true });
await rename(NEXT, DIST);
