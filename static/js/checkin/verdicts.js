const GREEN = { tone: "is-green", chip: "chip--pine", sign: "✓", sound: "ok" };
const AMBER = { tone: "is-amber", chip: "chip--gold", sign: "!", sound: "note" };
const RED = { tone: "is-red", chip: "chip--bad", sign: "✕", sound: "error" };

/** How each verdict looks and sounds; the first five are the phone's own, the rest are the server's. */
export const VERDICTS = {
  checking: { tone: null, chip: "chip--plain", sign: "⋯", sound: null },
  saved: AMBER,
  photo_unread: AMBER,
  not_a_code: RED,
  no_storage: RED,
  arrived: GREEN,
  already: AMBER,
  desk: { tone: "is-desk", chip: "chip--plain", sign: "→", sound: null },
  unknown: RED,
  other_event: RED,
  other_time: RED,
  cancelled: RED,
};
