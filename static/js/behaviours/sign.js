const WIDE = 600;
const HIGH = 200;
const INK = "#1a1a1a"; // on white in both schemes, as on paper

/** [data-sign="id of a hidden field"]: a pad for a finger, a pen or the mouse; the field gets the lines as JSON. */
export function signByHand(root) {
  for (const pad of root.querySelectorAll("[data-sign]")) prepare(pad, document.getElementById(pad.dataset.sign));
}

function prepare(pad, field) {
  const canvas = pad.querySelector("canvas");
  const pen = canvas.getContext("2d");
  if (!field || !pen || !window.PointerEvent) return;
  let lines = read(field.value);
  let current = null;

  function draw() {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    for (const line of lines) trace(pen, line, canvas.width / WIDE);
  }

  function keep() {
    field.value = lines.length ? JSON.stringify(lines) : "";
    draw();
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (current || event.button > 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    current = { pointer: event.pointerId, line: at(event, canvas) };
    lines.push(current.line);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!current || event.pointerId !== current.pointer) return;
    const point = at(event, canvas);
    const [x, y] = current.line.slice(-2);
    if (Math.abs(point[0] - x) + Math.abs(point[1] - y) < 3) return;
    current.line.push(...point);
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => {
      if (!current || event.pointerId !== current.pointer) return;
      current = null;
      keep();
    });
  }
  pad.querySelector("[data-sign-anew]").addEventListener("click", () => {
    lines = [];
    keep();
  });
  // Coming back to a page, browsers put the field back as it was.
  window.addEventListener("pageshow", () => {
    lines = read(field.value);
    draw();
  });
  pad.hidden = false;
  draw();
}

function at(event, canvas) {
  const box = canvas.getBoundingClientRect();
  const within = (share, most) => Math.min(most, Math.max(0, Math.round(share * most)));
  return [within((event.clientX - box.left) / box.width, WIDE), within((event.clientY - box.top) / box.height, HIGH)];
}

function trace(pen, line, scale) {
  pen.lineWidth = 4 * scale;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = INK;
  pen.beginPath();
  pen.moveTo(line[0] * scale, line[1] * scale);
  for (let i = 0; i < line.length; i += 2) pen.lineTo(line[i] * scale, line[i + 1] * scale);
  pen.stroke();
}

function read(value) {
  try {
    return value ? JSON.parse(value) : [];
  } catch {
    return [];
  }
}
