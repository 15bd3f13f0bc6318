/**
 * A deep copy of data, with all arrays and objects frozen. Typed arrays cannot be frozen: they are copied, or with "kept"
 * shared with the original. Functions are shared.
 */
export function frozenCopy<T>(value: T, typedArrays: "copied" | "kept" = "copied"): T {
  if (value === null || typeof value !== "object") return value;
  const copy = (part: unknown): unknown => frozenCopy(part, typedArrays);
  if (ArrayBuffer.isView(value)) {
    return typedArrays === "kept" ? value : ((value as unknown as Float64Array).slice() as unknown as T);
  }
  if (Array.isArray(value)) return Object.freeze(Array.from(value, copy)) as T;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copy(part)]))) as T;
}
