import { storage } from "./storage.js";

/** Milliseconds in which the same code is the same scan. */
export const SAME_SCAN = 4000;
const ANSWERS_KEPT = 3_600_000;

/** Keep a scan for sending; false when the same code was kept a moment ago, in this tab or in another. */
export async function remember(scan) {
  const db = await storage;
  // One transaction over both stores, or two tabs would both find the code new.
  const work = db.transaction(["seen", "queue"], "readwrite");
  const key = [scan.event, scan.code || scan.registration_id];
  const earlier = await work.objectStore("seen").get(key);
  const isNew = earlier === undefined || Math.abs(scan.at - earlier) >= SAME_SCAN;
  if (isNew) {
    work.objectStore("seen").put(scan.at, key);
    work.objectStore("queue").put(scan);
  }
  await work.done;
  return isNew;
}

/** All scans of an event that no answer has named yet, oldest first. */
export async function waiting(event) {
  const db = await storage;
  return db.getAllFromIndex("queue", "order", IDBKeyRange.bound([event, 0], [event, Infinity]));
}

/** Take out what the answer names, and keep its verdicts for the other tabs. */
export async function settle(results) {
  const work = (await storage).transaction(["queue", "answers"], "readwrite");
  for (const result of results) {
    work.objectStore("queue").delete(result.id);
    work.objectStore("answers").put({ ...result, at: Date.now() });
  }
  await work.done;
}

/** Mark a scan that the server cannot read: it is kept for the export and not sent again. */
export async function setAside(scan) {
  await (await storage).put("queue", { ...scan, isRefused: true });
}

/** Verdicts among these ids that any tab has received. */
export async function answersTo(ids) {
  const db = await storage;
  const answers = await Promise.all(ids.map((id) => db.get("answers", id)));
  return answers.filter(Boolean);
}

/** Forget what no tab can need any more. */
export async function tidy() {
  const now = Date.now();
  const work = (await storage).transaction(["seen", "answers"], "readwrite");
  await dropWhere(work.objectStore("seen"), (at) => Math.abs(now - at) >= SAME_SCAN);
  await dropWhere(work.objectStore("answers"), (answer) => now - answer.at > ANSWERS_KEPT);
  await work.done;
}

async function dropWhere(store, isOld) {
  for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue()) {
    if (isOld(cursor.value)) cursor.delete();
  }
}
