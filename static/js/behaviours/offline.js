/** html[data-worker]: what keeps seen entry codes for places without a network. */
export function workOffline(root) {
  const { worker } = root.documentElement.dataset;
  // Plain http on a school's own network has no workers; everything else works there.
  if (worker && "serviceWorker" in navigator) {
    window.addEventListener("load", () => navigator.serviceWorker.register(worker, { scope: "/" }).catch(() => {}));
  }
}

/** [data-kept-passes][hidden]: filled with the entry codes that this phone has seen, and shown if there are any. */
export async function showKeptPasses(root) {
  const place = root.querySelector("[data-kept-passes]");
  if (!place || !("caches" in window)) return;
  const seen = new Set();
  for (const ticket of await keptTickets()) {
    const code = ticket.querySelector(".ticket__code").textContent;
    if (!seen.has(code)) place.querySelector(".tickets").append(ticket);
    seen.add(code);
  }
  place.hidden = seen.size === 0;
  place.nextElementSibling.hidden = !place.hidden;
}

async function keptTickets() {
  const tickets = [];
  for (const name of (await caches.keys()).filter((one) => one.startsWith("passes "))) {
    const cache = await caches.open(name);
    for (const request of (await cache.keys()).reverse()) {
      if (request.url.endsWith(".png")) continue;
      const page = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
      tickets.push(...page.querySelectorAll(".ticket:not(.ticket--void)"));
    }
  }
  return tickets;
}

/** [data-keep-offline]: seen before the worker looked after this page, it is asked for once more, so that it is kept. */
export async function keepThisPage(root) {
  const page = root.querySelector("[data-keep-offline]");
  if (!page || !("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) {
    await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  }
  if (!(await isKept())) await fetch(window.location.href).catch(() => null);
  page.querySelector("[data-kept-note]").hidden = !(await isKept());
}

/** [data-kept-cards][hidden]: filled with links to the emergency cards on this phone, and shown if there are any. */
export async function showKeptCards(root) {
  const place = root.querySelector("[data-kept-cards]");
  if (!place || !("caches" in window)) return;
  for (const name of (await caches.keys()).filter((one) => one.startsWith("cards "))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const page = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
      place.querySelector("ul").append(linkTo(request.url, page.querySelector("[data-keep-offline]").dataset.title));
      place.hidden = false;
    }
  }
}

function linkTo(address, words) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  Object.assign(link, { href: address, textContent: words });
  item.append(link);
  return item;
}

async function isKept() {
  return Boolean(await caches.match(window.location.href, { ignoreVary: true }));
}
