const texts = JSON.parse(document.getElementById("texts").textContent);

/** The page's own text for a key, with {places} filled in. */
export function say(key, places = {}) {
  return texts[key].replace(/\{(\w+)\}/g, (whole, name) => places[name]);
}

/** An instant as hours and minutes in Shanghai, wherever the phone thinks it is. */
export function clock(instant) {
  return new Date(instant).toLocaleTimeString(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: "Asia/Shanghai",
  });
}
