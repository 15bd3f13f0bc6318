/**
 * A copy of data whose lists and objects are copies too and frozen, however deep. Typed arrays, which cannot be frozen, are
 * copied, or with "kept" stay those given. Functions stay.
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
