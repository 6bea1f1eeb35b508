import { openDevice } from "./api.js";
import { storage } from "./storage.js";

/** This phone as a gate of one event: its token outlives the page, not its own end date. */
export class Device {
  constructor({ event, url, csrfToken }) {
    this.event = event;
    this.url = url;
    this.csrfToken = csrfToken;
    this.held = null;
    this.opening = null;
  }

  /** The token, or null when the device has to be opened first. */
  get token() {
    return this.held && Date.parse(this.held.expires_at) > Date.now() ? this.held.token : null;
  }

  async recall() {
    this.held = (await (await storage).get("devices", this.event)) || null;
  }

  async open() {
    if (this.token) return;
    // Two taps, or the camera and a typed code, must not mint two devices.
    this.opening = this.opening || this.mint().finally(() => {
      this.opening = null;
    });
    await this.opening;
  }

  async forget() {
    this.held = null;
    await (await storage).delete("devices", this.event);
  }

  async mint() {
    // Asks the browser not to clear the queue when space runs short; a no is only a pity.
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
    this.held = await openDevice(this.url, this.csrfToken);
    await (await storage).put("devices", this.held, this.event);
  }
}
