/**
 * A function of arrays that is computed once for arrays of the same memory: the columns of a row-major table share one array,
 * and each column may have a view of its own.
 */
export function oncePerArray<A extends Float64Array | Int32Array, T>(compute: (values: A) => T): (values: A) => T {
  const known = new Map<ArrayBufferLike, { readonly values: A; readonly result: T }[]>();
  return (values) => {
    const list = known.get(values.buffer) ?? [];
    known.set(values.buffer, list);
    const found = list.find(
      (each) => each.values.byteOffset === values.byteOffset && each.values.length === values.length,
    );
    if (found !== undefined) return found.result;
    const result = compute(values);
    list.push({ values, result });
    return result;
  };
}
