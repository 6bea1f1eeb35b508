/** Read QR codes in a worker, one picture at a time, so that the page stays quick under the thumb. */
export function openDecoder(workerUrl, wasmUrl, { onReady, onBroken }) {
  const worker = new Worker(workerUrl);
  const waiting = new Map();
  let lastId = 0;

  worker.onmessage = ({ data: message }) => {
    if (message.ready) return onReady();
    waiting.get(message.id)(message.text);
    waiting.delete(message.id);
  };
  worker.onerror = onBroken;
  worker.postMessage({ wasm: wasmUrl });

  /** @param {ImageData} image its pixels are handed over and cannot be used afterwards. @returns {Promise<?string>} */
  return function decode(image) {
    lastId += 1;
    const picture = { data: image.data, width: image.width, height: image.height };
    return new Promise((resolve) => {
      waiting.set(lastId, resolve);
      worker.postMessage({ id: lastId, image: picture }, [image.data.buffer]);
    });
  };
}
