const PATIENCE = 8000;
// No cookie; and a redirect would be the sign-in page, which must not pass for an answer.
const PLAIN = { credentials: "omit", redirect: "manual", cache: "no-store" };

/** The server said no: `status` and its own `message`. */
export class Refused extends Error {
  constructor(status, message) {
    super(message || String(status));
    this.status = status;
    this.saysWhy = Boolean(message);
  }
}

/** No answer: no network, no server, or one that cannot answer now. */
export class Unreachable extends Error {}

/** Mint a device token with the staff session; the only call that uses a cookie. */
export function openDevice(url, csrfToken) {
  return ask(url, { method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": csrfToken } });
}

/** @param {boolean} counts whether to ask how many have come, too */
export function sendScans(url, token, scans, counts) {
  return post(url, token, { device_time: new Date().toISOString(), counts, scans: scans.map(asSent) });
}

export function findRegistrations(url, token, words) {
  return post(url, token, { q: words });
}

function asSent({ id, code, registration_id, scanned_at, source }) {
  return { id, code, registration_id, scanned_at, source };
}

function post(url, token, content) {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  return ask(url, { method: "POST", body: JSON.stringify(content), headers });
}

async function ask(url, options) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    // Without a cookie the server knows the language of the page only from here.
    const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang, ...options.headers };
    return await answerOf(await fetch(url, { ...PLAIN, ...options, headers, signal: abort.signal }));
  } catch (error) {
    throw error instanceof Refused ? error : new Unreachable(error.message);
  } finally {
    clearTimeout(timer);
  }
}

async function answerOf(response) {
  if (response.type === "opaqueredirect") throw new Refused(401);
  if (response.ok) return response.json();
  if (response.status >= 500 || response.status === 429) throw new Unreachable(String(response.status));
  const answer = await response.json().catch(() => ({}));
  throw new Refused(response.status, answer.message);
}
