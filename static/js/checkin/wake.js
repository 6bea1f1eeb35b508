let lock = null;

/** The screen must not go dark between two young people; the browser drops the lock whenever the page is hidden. */
export async function keepAwake() {
  if (!navigator.wakeLock || (lock && !lock.released)) return;
  lock = await navigator.wakeLock.request("screen").catch(() => null);
}

export function letSleep() {
  if (lock) lock.release();
  lock = null;
}
