/** The bytes of pairs of hexadecimal digits, 0-9 and a-f. */
export function fromHex(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = 16 * digit(digits.charCodeAt(2 * i)) + digit(digits.charCodeAt(2 * i + 1));
  }
  return bytes;
}

const digit = (code: number): number => (code < 58 ? code - 48 : code - 87); // "0" is 48, "a" is 97
