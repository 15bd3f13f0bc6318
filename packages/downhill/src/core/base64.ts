const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes as base64 text (RFC 4648, with padding). */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += LETTERS[group >> 18]! + LETTERS[(group >> 12) & 63]!;
    text += left > 1 ? LETTERS[(group >> 6) & 63]! : "=";
    text += left > 2 ? LETTERS[group & 63]! : "=";
  }
  return text;
}

/**
 * The bytes of a base64 text.
 *
 * @throws RangeError when the text is not base64 with padding
 */
export function fromBase64(text: string): Uint8Array {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding || 0);
  const codes = new Int16Array(128).fill(-1);
  for (let i = 0; i < 64; i++) codes[LETTERS.charCodeAt(i)] = i;
  const code = (at: number): number => (at < text.length - padding ? (codes[text.charCodeAt(at)] ?? -1) : 0);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    const group = (code(i) << 18) | (code(i + 1) << 12) | (code(i + 2) << 6) | code(i + 3);
    if (text.length % 4 !== 0 || group < 0) {
      throw new RangeError(
        `fromBase64: text must be base64 of whole groups of four, got a fault at ${i}. Fetch it again.`,
      );
    }
    for (let byte = 16; byte >= 0 && at < bytes.length; byte -= 8) bytes[at++] = (group >> byte) & 255;
  }
  return bytes;
}
