// What an engine is asked for: the parameters of every family, bit for bit. No Node here: it runs wherever modules run.
import { families } from "../families.ts";

/** Each family's parameters as the hexadecimal digits of their bytes, as JSON. */
export function report(): string {
  return JSON.stringify(Object.fromEntries(Object.entries(families).map(([name, run]) => [name, digitsOf(run())])));
}

/** The hexadecimal digits of an array's bytes. */
export function digitsOf({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const bytes = Array.from(new Uint8Array(buffer, byteOffset, byteLength));
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
