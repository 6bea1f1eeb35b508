import { iso, make, monthTable } from "./month.js";

const FORM = /^(\d{4})-(\d\d?)-(\d\d?)[ T](\d\d?):(\d\d)/;
const STEP = 5;

/** button[data-moment-for=field][hidden]: shown when it can work; opens a calendar and two lists under a field that can also be typed into. */
export function offerCalendars(root) {
  for (const button of root.querySelectorAll("[data-moment-for]")) {
    button.hidden = false;
    button.addEventListener("click", () => toggle(root, button));
  }
}

function toggle(root, button) {
  const field = root.getElementById(button.dataset.momentFor);
  const below = button.nextElementSibling;
  if (below && below.matches(".moment")) {
    close(button, below);
    return;
  }
  button.setAttribute("aria-expanded", "true");
  const panel = calendar(root, field, JSON.parse(button.dataset.words), () => close(button, panel));
  button.after(panel);
  panel.querySelector("[tabindex='0']").focus();
}

function close(button, panel) {
  panel.remove();
  button.setAttribute("aria-expanded", "false");
  button.focus();
}

function calendar(root, field, words, finish) {
  const panel = make(root, "div", "moment");
  const chosen = read(field.value);
  const write = () => {
    field.value = `${iso(chosen)} ${two(chosen.getHours())}:${two(chosen.getMinutes())}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const times = make(root, "div", "moment__times");
  times.append(
    list(root, words.hour, 24, 1, chosen.getHours(), (hour) => write(chosen.setHours(hour))),
    list(root, words.minute, 60, STEP, chosen.getMinutes(), (minute) => write(chosen.setMinutes(minute))),
  );
  const done = make(root, "button", "button", words.done);
  done.type = "button";
  done.addEventListener("click", finish);
  times.append(done);
  panel.append(monthTable(root, chosen, words, (day) => write(chosen.setFullYear(day.getFullYear(), day.getMonth(), day.getDate()))), times);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && finish());
  return panel;
}

function list(root, word, end, step, value, choose) {
  const label = make(root, "label", "moment__time", word);
  const select = make(root, "select", "control");
  const numbers = new Set([value]);
  for (let number = 0; number < end; number += step) numbers.add(number);
  for (const number of [...numbers].sort((one, other) => one - other)) select.append(new Option(two(number), number, false, number === value));
  select.addEventListener("change", () => choose(Number(select.value)));
  label.append(select);
  return label;
}

/** What the field says already, else nine o'clock today. The clock on the wall: zones are the server's business. */
function read(text) {
  const found = FORM.exec(text.trim());
  const today = new Date();
  today.setHours(9, 0, 0, 0);
  return found ? new Date(found[1], found[2] - 1, found[3], found[4], found[5]) : today;
}

function two(number) {
  return String(number).padStart(2, "0");
}
