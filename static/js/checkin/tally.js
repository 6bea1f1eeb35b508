import { saveAsFile } from "./export.js";
import { waiting } from "./queue.js";
import { say } from "./texts.js";

const STUCK = 60_000;
const FRESH = 10_000;

/** How many have arrived, and how many scans still wait on this phone. */
export class Tally {
  constructor(page, event) {
    this.event = event;
    this.page = page;
    this.countedAt = 0;
    this.queue = page.querySelector(".scanner__queue");
    this.save = page.querySelector("[data-action=export]");
    this.save.addEventListener("click", async () => saveAsFile(event, await waiting(event)));
  }

  get isOld() {
    return Date.now() - this.countedAt > FRESH;
  }

  /** The server's counts; without them, those before and whoever has arrived here since. */
  arrived(counts, results) {
    const shown = this.page.querySelector("[data-count=arrived]");
    if (!counts) {
      shown.textContent = Number(shown.textContent) + results.filter((one) => one.verdict === "arrived").length;
      return;
    }
    shown.textContent = counts.arrived;
    this.page.querySelector("[data-count=registered]").textContent = counts.registered;
    this.countedAt = Date.now();
  }

  async count() {
    const scans = await waiting(this.event);
    this.queue.textContent = scans.length ? say("queue", { count: scans.length }) : say("queue_empty");
    this.queue.dataset.waiting = scans.length;
    this.queue.classList.toggle("is-waiting", scans.length > 0);
    this.save.hidden = !scans.length || Date.now() - scans[0].at < STUCK;
    return scans.length;
  }
}
