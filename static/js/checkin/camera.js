import { keepAwake, letSleep } from "./wake.js";

const LONGEST_SIDE = 1280;
const PAUSE = 60;
const BACK = { facingMode: { ideal: "environment" } };
const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } };

/** The phone's camera: starts, stops, changes lens, lights the torch, and hands frames to `decode`. */
export class Camera {
  constructor(video, decode, onText) {
    this.video = video;
    this.decode = decode;
    this.onText = onText;
    this.canvas = document.createElement("canvas");
    this.stream = null;
    // WeChat on iOS needs a second play() once it knows the size.
    video.addEventListener("loadedmetadata", () => this.play());
    document.addEventListener("visibilitychange", () => this.isOn && !document.hidden && this.resume());
  }

  get isOn() {
    return this.stream !== null;
  }

  get track() {
    return this.stream.getVideoTracks()[0];
  }

  /** Call from a tap. Rejects with the browser's own error; its name says why. */
  async start(lens = BACK) {
    if (!window.isSecureContext) throw new DOMException("", "InsecureContext");
    if (!navigator.mediaDevices) throw new DOMException("", "NotFoundError");
    this.stop();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...SIZE, ...lens } });
    this.stream = stream;
    this.video.srcObject = stream;
    this.resume();
    this.watch(stream);
  }

  stop() {
    if (!this.isOn) return;
    this.stream.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
    letSleep();
  }

  resume() {
    this.play();
    keepAwake();
  }

  play() {
    // A refused play() is tried again on the next event; there is nothing to tell.
    Promise.resolve(this.video.play()).catch(() => {});
  }

  async watch(stream) {
    while (this.stream === stream) {
      const frame = this.grab();
      const text = frame && (await this.decode(frame));
      if (text && this.stream === stream) this.onText(text);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  grab() {
    const { videoWidth, videoHeight, readyState } = this.video;
    if (document.hidden || readyState < 2 || !videoWidth) return null;
    return pixels(this.canvas, this.video, videoWidth, videoHeight, LONGEST_SIDE);
  }

  async lenses() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === "videoinput");
  }

  async change() {
    const lenses = await this.lenses();
    const now = lenses.findIndex((device) => device.deviceId === this.track.getSettings().deviceId);
    const next = lenses[(now + 1) % lenses.length];
    await this.start({ deviceId: { exact: next.deviceId } });
  }

  get hasTorch() {
    return Boolean(this.track.getCapabilities && this.track.getCapabilities().torch);
  }

  lightTorch(isOn) {
    return this.track.applyConstraints({ advanced: [{ torch: isOn }] });
  }
}

/** The pixels of a picture or video frame, made smaller so that no side is longer than `longest`. */
export function pixels(canvas, source, width, height, longest) {
  const scale = Math.min(1, longest / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
