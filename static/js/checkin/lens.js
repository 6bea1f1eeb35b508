import { say } from "./texts.js";

const REASONS = {
  NotAllowedError: "camera_denied",
  SecurityError: "camera_denied",
  NotFoundError: "camera_missing",
  OverconstrainedError: "camera_missing",
  NotReadableError: "camera_busy",
  AbortError: "camera_busy",
  InsecureContext: "camera_insecure",
};

/** The buttons of the camera: start and stop, another lens, the torch. */
export function prepareLens(page, camera, onTap) {
  const start = page.querySelector("[data-action=start]");
  const stop = page.querySelector("[data-action=stop]");
  const change = page.querySelector("[data-action=change]");
  const problem = page.querySelector(".scanner__problem");
  const torch = page.querySelector("[data-action=torch]");

  let isBusy = false;

  async function attempt(act) {
    if (isBusy) return;
    isBusy = true;
    onTap();
    problem.parentElement.hidden = true;
    await act().catch(explain);
    await draw();
    isBusy = false;
  }

  function explain(error) {
    camera.stop();
    problem.textContent = say(REASONS[error.name] || "camera_busy");
    problem.parentElement.hidden = false;
  }

  /** A call or another app took the camera away. */
  function lose() {
    explain({ name: "NotReadableError" });
    draw();
  }

  async function draw() {
    if (camera.isOn) camera.track.onended = lose;
    // Asked before the buttons change places: one that is shown while we wait would ignore its first press.
    const lenses = camera.isOn ? await camera.lenses() : [];
    swap(camera.isOn ? [start, stop] : [stop, start]);
    torch.hidden = !(camera.isOn && camera.hasTorch);
    torch.setAttribute("aria-pressed", "false");
    change.hidden = !(camera.isOn && lenses.length > 1);
  }

  start.addEventListener("click", () => attempt(() => camera.start()));
  stop.addEventListener("click", () => attempt(async () => camera.stop()));
  change.addEventListener("click", () => attempt(() => camera.change()));
  torch.addEventListener("click", async () => {
    const isOn = torch.getAttribute("aria-pressed") !== "true";
    await camera.lightTorch(isOn);
    torch.setAttribute("aria-pressed", String(isOn));
  });
}

/** One button takes the other's place, and the keyboard's focus with it. */
function swap([from, to]) {
  const hadFocus = document.activeElement === from;
  from.hidden = true;
  to.hidden = false;
  if (hadFocus) to.focus();
}
