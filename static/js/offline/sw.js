// The worker behind every page: an entry code that was seen once works without a network, a leader's emergency card does
// until the trip is over, and nothing else is kept.
// Its own address names what it keeps from the start: ?look=<stylesheet>&script=<script>&language=<of the offline page>.
const OFFLINE = "/offline";
const SHELL = "shell";
const PASSES = "passes ";
const CARDS = "cards ";
const PASS = /^\/(mine\/codes|registrations\/\d+(\/(code|pass)\.png)?)$/;
const CARD = /^\/trip-cards\/\d+$/;
const AN_ACCOUNT_CHANGES = /^\/sign-(in|out)/;
const WHOSE = "Tongxing-Account";
const UNTIL = "Tongxing-Until"; // seconds since 1970: until when a card may be kept
const AT_MOST = 60; // answers of one kind; the oldest go first
// In a cellar the network often neither answers nor refuses.
const PATIENCE_MS = 4000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepShell());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method !== "GET") {
    if (AN_ACCOUNT_CHANGES.test(pathname)) event.waitUntil(forgetAllBut());
  } else if (PASS.test(pathname) || CARD.test(pathname)) event.respondWith(pass(event));
  else if (request.mode === "navigate") event.respondWith(ask(event).catch(() => kept(OFFLINE)));
  else if (/\/main-\w+\.(css|js)$/.test(pathname)) event.respondWith(shell(request));
});

async function keepShell() {
  const wanted = new URL(self.location.href).searchParams;
  const cache = await caches.open(SHELL);
  await cache.addAll([OFFLINE, wanted.get("look"), wanted.get("script")]);
  await trim(cache);
}

async function shell(request) {
  const found = await kept(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
}

/** A pass or a card: from the network while it answers, else as it was last seen. */
async function pass(event) {
  await forgetOver();
  const before = await kept(event.request);
  const asked = ask(event).then((answer) => take(event, answer));
  if (!before) return asked.catch((lost) => (event.request.mode === "navigate" ? kept(OFFLINE) : Promise.reject(lost)));
  event.waitUntil(asked.catch(() => null));
  const fresh = asked.then((answer) => (answer.status < 500 ? answer : before));
  return Promise.race([fresh, later(before)]).catch(() => before);
}

/** The answer of the server; every page says whose it is, and what is anybody else's goes at once. */
async function ask(event) {
  event.waitUntil(forgetOver());
  const answer = (await event.preloadResponse) || (await fetch(event.request));
  const whose = answer.headers.get(WHOSE);
  if (whose) await forgetAllBut(whose);
  return answer;
}

async function take(event, answer) {
  const whose = answer.headers.get(WHOSE);
  const isCard = CARD.test(new URL(event.request.url).pathname);
  if (answer.ok && !answer.redirected && whose && (!isCard || answer.headers.get(UNTIL))) {
    const cache = await caches.open((isCard ? CARDS : PASSES) + whose);
    await cache.put(event.request, answer.clone());
    await trim(cache);
  } else if (answer.ok || (answer.status >= 400 && answer.status < 500)) {
    for (const name of await caches.keys()) await (await caches.open(name)).delete(event.request);
  } else if (answer.type === "opaqueredirect") await forgetAllBut(); // to the sign-in page
  return answer;
}

async function forgetAllBut(whose) {
  const isOthers = (name) => [PASSES, CARDS].some((kind) => name.startsWith(kind) && name !== kind + whose);
  await Promise.all((await caches.keys()).filter(isOthers).map((name) => caches.delete(name)));
}

/** Cards of trips that are over go, also without a network. */
async function forgetOver() {
  for (const name of (await caches.keys()).filter((one) => one.startsWith(CARDS))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const until = (await cache.match(request)).headers.get(UNTIL);
      if (Number(until) * 1000 < Date.now()) await cache.delete(request);
    }
  }
}

async function trim(cache) {
  for (const old of (await cache.keys()).slice(0, -AT_MOST)) await cache.delete(old);
}

function kept(request) {
  return caches.match(request, { ignoreVary: true });
}

function later(answer) {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, answer));
}
