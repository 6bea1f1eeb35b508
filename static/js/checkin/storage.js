import { openDB } from "idb";

/** The phone's own store: device tokens, codes just seen, scans not yet confirmed, and the answers to them. */
export const storage = open();

// Async, so that a browser without a store refuses each scan instead of breaking the page.
async function open() {
  return openDB("tongxing-gate", 1, {
    upgrade(db) {
      db.createObjectStore("devices");
      db.createObjectStore("seen");
      db.createObjectStore("answers", { keyPath: "id" });
      db.createObjectStore("queue", { keyPath: "id" }).createIndex("order", ["event", "at"]);
    },
  });
}
