const LETTERS = " !#%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|";

/** Writes bytes as text. packages/downhill/src/core/byteText.ts describes the format and reads it. */
export function byteText(bytes) {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte]++;
  const order = [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b);
  const letters = [];
  for (const [i, byte] of order.entries()) {
    letters[byte] = ["", "~", "}"][Math.floor(i / LETTERS.length)] + LETTERS[i % LETTERS.length];
  }
  const digits = order.map((byte) => byte.toString(16).padStart(2, "0"));
  return digits.join("") + Array.from(bytes, (byte) => letters[byte]).join("");
}
