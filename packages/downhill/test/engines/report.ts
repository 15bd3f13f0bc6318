// The report of an engine: the bits of the parameters of every family. It uses nothing of Node, so it runs in every engine.
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
