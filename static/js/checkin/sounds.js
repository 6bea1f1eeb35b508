// Frequency in hertz and length in seconds, one pair per note. 请到服务台 has none: nobody is shamed in a queue.
const NOTES = {
  ok: [[880, 0.07], [1175, 0.11]],
  note: [[587, 0.12]],
  error: [[233, 0.16], [185, 0.26]],
};
const PULSES = { ok: [60], note: [40, 60, 40], error: [220, 90, 220] };

let audio = null;

/** Browsers allow sound only from a tap: call this in one. */
export function unlockSound() {
  const Audio = window.AudioContext || window.webkitAudioContext;
  if (!audio && Audio) audio = new Audio();
  if (audio && audio.state === "suspended") audio.resume();
}

export function play(sound) {
  if (!sound) return;
  if (navigator.vibrate) navigator.vibrate(PULSES[sound]);
  if (!audio) return;
  let at = audio.currentTime;
  for (const [hertz, seconds] of NOTES[sound]) {
    beep(hertz, at, seconds);
    at += seconds;
  }
}

function beep(hertz, at, seconds) {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0.25, at);
  volume.gain.exponentialRampToValueAtTime(0.01, at + seconds);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + seconds);
}
