import { readdirSync, readFileSync } from "node:fs";

const DEFAULT_BYTES = 32 * 2 ** 20;

/** Bytes of the first processor's largest cache, where the system reports it (Linux); elsewhere 32 MB. */
export function lastCacheBytes(): number {
  const folder = "/sys/devices/system/cpu/cpu0/cache";
  try {
    const caches = readdirSync(folder).filter((name) => name.startsWith("index"));
    return Math.max(...caches.map((name) => bytesOf(readFileSync(`${folder}/${name}/size`, "utf8"))));
  } catch {
    return DEFAULT_BYTES;
  }
}

/** Reads "32768K" or "32M". */
const bytesOf = (text: string): number => Number.parseInt(text, 10) * (text.includes("M") ? 2 ** 20 : 2 ** 10);
