const EVERY_MS = 1000;

/** [data-follow="address of itself"]: kept up to date until the address is gone from it; rests while the page is hidden. */
export function followJob(root) {
  const place = root.querySelector("[data-follow]");
  if (!place) return;
  const look = async () => {
    if (!root.hidden) await renew(place);
    if (place.dataset.follow) setTimeout(look, EVERY_MS);
  };
  setTimeout(look, EVERY_MS);
}

async function renew(place) {
  const answer = await fetch(place.dataset.follow).catch(() => null);
  // Somebody signed out, or the network is away: the page stays as it is and asks again.
  if (!answer || !answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(place.id);
  if (fresh) bringUpToDate(place, fresh);
}

function bringUpToDate(place, fresh) {
  const said = place.querySelector("[data-said]");
  const news = fresh.querySelector("[data-said]").textContent;
  if (said.textContent !== news) said.textContent = news;
  const parts = fresh.querySelectorAll("[data-live]");
  place.querySelectorAll("[data-live]").forEach((old, at) => replace(place, old, parts[at]));
  if (fresh.dataset.follow) place.dataset.follow = fresh.dataset.follow;
  else delete place.dataset.follow;
}

// By its words: the token in a form is another one each time, and a button that is pressed must not be taken away.
function replace(place, old, fresh) {
  if (old.textContent === fresh.textContent) return;
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(fresh);
  if (hadFocus) (fresh.querySelector("a, button") || place).focus();
}
