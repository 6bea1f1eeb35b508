// Builds static/dist: bundles with hashed names, manifest.json (name -> hashed file), .br and .gz beside each file.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const DIST = "static/dist";
const ENTRIES = [
  "static/css/main.css",
  "static/js/main.js",
  "static/js/checkin/scanner.js",
  "static/js/checkin/decoder.worker.js",
];
const COPIES = ["node_modules/zxing-wasm/dist/reader/zxing_reader.wasm"];

async function bundle() {
  const { metafile } = await build({
    entryPoints: ENTRIES,
    outdir: DIST,
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
  await writeFile(path.join(DIST, target), content);
  return { [base]: target };
}

async function compress(file) {
  const content = await readFile(file);
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  await writeFile(`${file}.br`, brotliCompressSync(content, brotli));
  await writeFile(`${file}.gz`, gzipSync(content, { level: 9 }));
}

// Emptied first: after a failed build there must be no bundle rather than yesterday's.
await rm(DIST, { recursive: true, force: true });
await mkdir(DIST, { recursive: true });
const bundles = await bundle().catch(() => process.exit(1)); // esbuild has said what is wrong
const manifest = Object.assign(bundles, ...(await Promise.all(COPIES.map(copy))));
await Promise.all((await readdir(DIST)).map((file) => compress(path.join(DIST, file))));
await writeFile(path.join(DIST, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
