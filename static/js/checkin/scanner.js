import { findRegistrations, Refused, Unreachable } from "./api.js";
import { Board } from "./board.js";
import { Camera } from "./camera.js";
import { newId, readCode } from "./codes.js";
import { openDecoder } from "./decoder.js";
import { Device } from "./device.js";
import { prepareLens } from "./lens.js";
import { prepareLookup } from "./lookup.js";
import { Notice } from "./notice.js";
import { readPhoto } from "./photo.js";
import { answersTo, remember, SAME_SCAN, tidy } from "./queue.js";
import { unlockSound } from "./sounds.js";
import { prepareSync } from "./sync.js";
import { Tally } from "./tally.js";
import { say } from "./texts.js";
import { prepareTyped } from "./typed.js";

const ANSWER_EXPECTED = 2500;
const ROUND = 5000;
const SESSION_OVER = [400, 401]; // 400 is a CSRF token that has aged with its page

const page = document.querySelector(".scanner");
const { eventId, deviceUrl, csrf, scansUrl, searchUrl, worker, wasm } = page.dataset;
const event = Number(eventId);

const board = new Board(page);
const tally = new Tally(page, event);
const device = new Device({ event, url: deviceUrl, csrfToken: csrf });
const notice = new Notice(page, open);
const decode = openDecoder(worker, wasm, {
  onReady: () => { page.dataset.decoder = "zxing"; },
  onBroken: () => notice.tell(say("decoder_broken")),
});
const camera = new Camera(page.querySelector("video"), decode, seeInView);
const sync = prepareSync({
  event,
  scansUrl,
  token: () => device.token,
  wantsCounts: () => tally.isOld,
  onAnswer,
  onFailure,
  onRound,
});
const inView = new Map();

/** The same code held before the camera stays one scan, however long it is held there. */
function seeInView(text) {
  const now = Date.now();
  const isStill = now - (inView.get(text) || 0) < SAME_SCAN;
  inView.set(text, now);
  if (!isStill) takeText(text, "camera");
}

function takeText(text, source) {
  const code = readCode(text);
  if (code) take({ code, source });
  else refuse("not_a_code");
}

function refuse(verdict) {
  forgiveTyped();
  board.refuse(verdict);
}

async function take({ code, registration, source }) {
  forgiveTyped();
  const at = Date.now();
  const who = code ? { code } : { registration_id: registration.id };
  const scan = { id: newId(), event, ...who, source, at, scanned_at: new Date(at).toISOString() };
  try {
    if (!(await remember(scan))) return;
  } catch {
    refuse("no_storage");
    return;
  }
  board.add(scan, registration && registration.name);
  setTimeout(() => board.keep(scan.id), ANSWER_EXPECTED);
  await tally.count();
  sync();
}

async function open() {
  try {
    await device.open();
    notice.clear();
    sync();
  } catch (error) {
    if (!(error instanceof Refused)) notice.askToOpen(say("device_offline"));
    else if (SESSION_OVER.includes(error.status)) notice.askToSignIn(say("sign_in_again"));
    else notice.tell(error.saysWhy ? error.message : say("device_refused"));
  }
}

async function find(words) {
  await open();
  if (!device.token) return null;
  try {
    const { registrations } = await findRegistrations(searchUrl, device.token, words);
    if (registrations.length) forgiveTyped();
    return registrations;
  } catch (error) {
    onFailure(error);
    return null;
  }
}

function onAnswer(results, counts) {
  results.forEach((result) => board.settle(result));
  tally.arrived(counts, results);
}

function onFailure(error) {
  board.keepAll();
  if (error.status === 401 || error.status === 403) {
    device.forget();
    notice.askToOpen(error.saysWhy ? error.message : say("device_closed"));
  } else if (!(error instanceof Unreachable)) {
    notice.tell(error.saysWhy ? error.message : say("sync_failed"));
  }
}

async function onRound() {
  // Another tab may have sent our scans and got the answers.
  (await answersTo(board.openIds)).forEach((answer) => board.settle(answer));
  const count = await tally.count();
  if (device.token || device.opening) return;
  board.keepAll();
  if (count && !notice.isShown) notice.askToOpen(say("device_closed"));
}

function onTap() {
  unlockSound();
  open();
}

prepareLens(page, camera, onTap);
const forgiveTyped = prepareTyped(page.querySelector("[data-form=typed]"), {
  onCode(code) {
    onTap();
    take({ code, source: "typed" });
  },
  onMistake: () => board.clear(),
});
prepareLookup(page.querySelector("[data-form=lookup]"), page.querySelector("[data-list=found]"), {
  find,
  onChosen(registration) {
    onTap();
    take({ registration, source: "lookup" });
  },
});

const photo = page.querySelector("input[type=file]");
page.querySelector("[data-action=photo]").addEventListener("click", () => photo.click());
photo.addEventListener("change", async () => {
  onTap();
  const text = photo.files.length && (await readPhoto(photo.files[0], decode));
  photo.value = "";
  if (text) takeText(text, "photo");
  else refuse("photo_unread");
});

window.addEventListener("online", sync);
document.addEventListener("visibilitychange", () => document.hidden || sync());
setInterval(sync, ROUND);

device.recall().then(tidy).then(sync).catch(() => notice.tell(say("no_storage")));
