import { sendScans, Unreachable } from "./api.js";
import { setAside, settle, waiting } from "./queue.js";

const BATCH = 50;
const MALFORMED = 422;

/**
 * Send what is waiting, in batches, from one tab at a time.
 * `gate` gives {event, scansUrl, token(), wantsCounts()} and hears onAnswer(results, counts), where counts may be null,
 * onFailure(error), onRound().
 * @returns {function(): Promise<void>} call it as often as you like
 */
export function prepareSync(gate) {
  let underWay = null;
  let isAskedAgain = false;

  return function sync() {
    if (underWay) {
      isAskedAgain = true;
      return underWay;
    }
    underWay = alone(gate, () => sendAll(gate)).finally(() => {
      const again = isAskedAgain;
      underWay = null;
      isAskedAgain = false;
      if (again) sync();
    });
    return underWay;
  };
}

function alone(gate, work) {
  return navigator.locks ? navigator.locks.request(`tongxing-scans-${gate.event}`, work) : work();
}

async function sendAll(gate) {
  let size = BATCH;
  try {
    for (;;) {
      const scans = (await waiting(gate.event)).filter((scan) => !scan.isRefused).slice(0, size);
      if (!scans.length || !gate.token()) break;
      size = await sendBatch(gate, scans);
    }
  } catch (error) {
    gate.onFailure(error);
  }
  await gate.onRound();
}

/** @returns {Promise<number>} how many to send next: all fifty, or one by one when the batch hides a bad one */
async function sendBatch(gate, scans) {
  try {
    const { results, counts } = await sendScans(gate.scansUrl, gate.token(), scans, gate.wantsCounts());
    await settle(results);
    gate.onAnswer(results, counts);
    if (!results.some((result) => scans.some((scan) => scan.id === result.id))) throw new Unreachable("no scan named");
    return BATCH;
  } catch (error) {
    if (error.status !== MALFORMED) throw error;
    if (scans.length === 1) await setAside(scans[0]);
    return 1;
  }
}
