// The report of an engine: the bits of the parameters of every family, and those of the diagnoses. It uses nothing of Node, so it runs in every engine.
import { families } from "../families.ts";
import { diagnoses } from "./diagnoses.ts";

/** Each family's parameters, and the text of each diagnosis, as the hexadecimal digits of their bytes, as JSON. */
export function report(): string {
  const runs = Object.entries(families).map(([name, run]) => [name, digitsOf(run())]);
  const texts = Object.entries(diagnoses).map(([name, diagnose]) => {
    const text = JSON.stringify(diagnose());
    return [name, digitsOf(Uint16Array.from(text, (letter) => letter.charCodeAt(0)))];
  });
  return JSON.stringify(Object.fromEntries([...runs, ...texts]));
}

/** The hexadecimal digits of an array's bytes. */
export function digitsOf({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const bytes = Array.from(new Uint8Array(buffer, byteOffset, byteLength));
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
