import { decodeQR } from "qr/decode.js";
import { prepareZXingModule, purgeZXingModule } from "zxing-wasm/reader";

// The module is called directly: the package's own readBarcodes() needs Object.hasOwn, which Chrome 87 has not.
const QR_ONLY = {
  formats: "QRCode",
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  tryDenoise: false,
  binarizer: 0,
  isPure: false,
  downscaleFactor: 3,
  downscaleThreshold: 500,
  minLineCount: 2,
  maxNumberOfSymbols: 1,
  validateOptionalChecksum: false,
  returnErrors: false,
  eanAddOnSymbol: 0,
  textMode: 0,
  characterSet: 0,
  tryCode39ExtendedMode: false,
};
const ATTEMPTS = 4;
const PAUSE = 10_000;

let zxing = null;

self.onmessage = ({ data: message }) => {
  if (message.wasm) load(message.wasm, ATTEMPTS);
  else self.postMessage({ id: message.id, text: read(message.image) });
};

async function load(wasm, attempts) {
  try {
    zxing = await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
    self.postMessage({ ready: true });
  } catch {
    purgeZXingModule();
    if (attempts > 1) setTimeout(load, PAUSE, wasm, attempts - 1);
  }
}

function read(image) {
  try {
    return zxing ? readWithZXing(image) : decodeQR(image);
  } catch {
    return null; // the light decoder throws when there is no code in the picture
  }
}

function readWithZXing({ data, width, height }) {
  const size = width * height;
  const buffer = zxing._malloc(size);
  try {
    writeGrey(data, zxing.HEAPU8, buffer, size);
    const found = zxing.readBarcodesFromPixmap(buffer, width, height, QR_ONLY);
    return found.size() ? found.get(0).text : null;
  } finally {
    zxing._free(buffer);
  }
}

function writeGrey(rgba, memory, offset, size) {
  for (let pixel = 0; pixel < size; pixel += 1) {
    const at = pixel << 2;
    memory[offset + pixel] = (306 * rgba[at] + 601 * rgba[at + 1] + 117 * rgba[at + 2] + 512) >> 10;
  }
}
