import { pixels } from "./camera.js";

// A code small in a big photo is lost when the photo is shrunk, so a miss is tried again larger.
const LONGEST_SIDES = [1280, 3200];

/** The text of the QR code in a photo, or null. */
export async function readPhoto(file, decode) {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return await readImage(image, decode);
  } catch {
    return null; // not a picture this browser can open
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function readImage(image, decode) {
  const canvas = document.createElement("canvas");
  for (const longest of LONGEST_SIDES) {
    const text = await decode(pixels(canvas, image, image.naturalWidth, image.naturalHeight, longest));
    if (text) return text;
  }
  return null;
}
