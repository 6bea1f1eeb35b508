const CROCKFORD = /^[0-9A-HJKMNP-TV-Z]{16}$/;
const ADDRESS = /\/P\/([^/?#\s]+)/i;

/** The 16 characters of an entry code, from what was typed or from the address in a QR; null when it is none. */
export function readCode(text) {
  const address = ADDRESS.exec(text);
  const code = (address ? address[1] : text)
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-·.]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  return CROCKFORD.test(code) ? code : null;
}

/** A random UUID v4; crypto.randomUUID is younger than the phones at the door. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
