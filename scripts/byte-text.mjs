const LETTERS = " !#%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|";

/** Writes bytes as text. packages/downhill/src/core/byteText.ts describes the format and reads it. */
export function byteText(bytes) {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte]++;
  const all = [...counts.keys()];
  const frequent = all.toSorted((a, b) => counts[b] - counts[a] || a - b).slice(0, LETTERS.length);
  const order = [...frequent, ...all.filter((byte) => !frequent.includes(byte))];
  const letters = [];
  for (const [position, byte] of order.entries()) {
    letters[byte] = ["", "~", "}"][Math.floor(position / LETTERS.length)] + LETTERS[position % LETTERS.length];
  }
  const digits = frequent.map((byte) => byte.toString(16).padStart(2, "0"));
  return digits.join("") + Array.from(bytes, (byte) => letters[byte]).join("");
}
