import { play } from "./sounds.js";
import { clock, say } from "./texts.js";
import { VERDICTS } from "./verdicts.js";

const HISTORY = 8;
const LEGIBLE = 8000;
const TONES = ["is-green", "is-amber", "is-red", "is-desk"];

/** What the helper sees: the verdict of the latest scan, large, and the last eight below it. */
export class Board {
  constructor(page) {
    this.panel = page.querySelector(".scanner__verdict");
    this.list = page.querySelector("[data-list=history]");
    this.entries = [];
    this.shown = null;
    this.fading = null;
  }

  /** A scan was kept; its verdict is to come. */
  add(scan, label) {
    const who = label || `… ${scan.code.slice(-4)}`;
    const entry = { id: scan.id, who, at: scan.at, verdict: "checking", word: say("checking"), slot: null };
    this.toTop(entry);
    this.show(entry);
  }

  /** The verdict of a scan; one that was kept before this page was opened joins the list late. */
  settle(result) {
    const place = this.entries.findIndex((known) => known.id === result.id);
    const entry = this.entries[place] || { id: result.id, who: "", at: Date.parse(result.arrived_at) || Date.now() };
    entry.verdict = VERDICTS[result.verdict] ? result.verdict : "unknown";
    entry.who = result.name || entry.who;
    entry.word = result.message;
    entry.slot = result.slot;
    // A late "no" must not stay out of sight: the person may be inside already.
    if (place < 0 || (place >= HISTORY && entry.verdict !== "arrived")) this.toTop(entry);
    this.refresh(entry);
  }

  /** No answer yet: what still waits is kept and says so. */
  keep(id) {
    const entry = this.entries.find((known) => known.id === id);
    if (!entry || entry.verdict !== "checking") return;
    entry.verdict = "saved";
    entry.word = say("saved");
    this.refresh(entry);
  }

  keepAll() {
    this.entries.forEach((entry) => this.keep(entry.id));
  }

  /** Nothing was kept: no entry code, none to be found in the photo, or nowhere to keep it. */
  refuse(verdict) {
    this.show({ who: "", verdict, word: say(verdict), slot: null });
  }

  /** Nobody stands at the door: what comes now is not about the person of the last verdict. */
  clear() {
    this.shown = null;
    this.fade();
  }

  /** Ids whose verdict is still to come. */
  get openIds() {
    return this.entries.filter(isOpen).map((entry) => entry.id);
  }

  toTop(entry) {
    this.entries = [entry, ...this.entries.filter((other) => other !== entry)];
  }

  refresh(entry) {
    if (entry === this.shown) this.show(entry);
    else this.draw();
  }

  show(entry) {
    this.shown = entry;
    const { tone, sound } = VERDICTS[entry.verdict];
    this.panel.classList.remove(...TONES);
    if (tone) this.panel.classList.add(tone);
    this.panel.replaceChildren(
      line("p", "scanner__word", entry.word),
      line("p", "scanner__name", entry.who),
      line("p", "scanner__detail", entry.slot),
    );
    this.panel.dataset.verdict = entry.verdict;
    clearTimeout(this.fading);
    this.fading = setTimeout(() => this.fade(), LEGIBLE);
    play(sound);
    this.draw();
  }

  /** The panel waits again; an answer that comes later still to the last scan brings it back. */
  fade() {
    clearTimeout(this.fading);
    this.panel.classList.remove(...TONES);
    this.panel.replaceChildren();
    delete this.panel.dataset.verdict;
  }

  draw() {
    this.entries = this.entries.filter((entry, place) => place < HISTORY || isOpen(entry));
    this.list.replaceChildren(...this.entries.slice(0, HISTORY).map(row));
  }
}

function isOpen({ verdict }) {
  return verdict === "checking" || verdict === "saved";
}

function row(entry) {
  const { chip, sign } = VERDICTS[entry.verdict];
  const item = line("li", "", "");
  const mark = line("span", `chip ${chip}`, sign);
  mark.setAttribute("aria-hidden", "true");
  item.dataset.verdict = entry.verdict;
  item.append(
    mark,
    line("span", "", [entry.who, entry.word, entry.slot].filter(Boolean).join(" · ")),
    line("time", "muted", clock(entry.at)),
  );
  return item;
}

/** An element with a class and a text. */
export function line(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
