const LETTERS = " !#%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|";

/** Bytes as text; packages/downhill/src/core/byteText.ts reads it and says how it is made. */
export function byteText(bytes) {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte]++;
  const order = [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b);
  const letters = [];
  for (const [place, byte] of order.entries()) {
    letters[byte] = ["", "~", "}"][Math.floor(place / LETTERS.length)] + LETTERS[place % LETTERS.length];
  }
  const digits = order.map((byte) => byte.toString(16).padStart(2, "0"));
  return digits.join("") + Array.from(bytes, (byte) => letters[byte]).join("");
}
