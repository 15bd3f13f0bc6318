// What this machine can do at most, within WebAssembly: how fast numbers stream from memory, and how many
// multiply-adds it makes in registers. Compiled by AssemblyScript.

/** Σ of n numbers (a multiple of 8), eight lanes at a time. */
export function sum(from: usize, n: usize): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  const end = from + n * 8;
  for (; from < end; from += 64) {
    a = f64x2.add(a, v128.load(from));
    b = f64x2.add(b, v128.load(from, 16));
    c = f64x2.add(c, v128.load(from, 32));
    d = f64x2.add(d, v128.load(from, 48));
  }
  const total = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

/** 16 multiply-adds of double precision per turn, in eight registers that do not wait for each other. */
export function multiplyAdds(turns: usize, factor: f64): f64 {
  const m = f64x2.splat(factor);
  const one = f64x2.splat(1);
  let a = one;
  let b = one;
  let c = one;
  let d = one;
  let e = one;
  let f = one;
  let g = one;
  let h = one;
  for (let i: usize = 0; i < turns; i++) {
    a = f64x2.add(f64x2.mul(a, m), one);
    b = f64x2.add(f64x2.mul(b, m), one);
    c = f64x2.add(f64x2.mul(c, m), one);
    d = f64x2.add(f64x2.mul(d, m), one);
    e = f64x2.add(f64x2.mul(e, m), one);
    f = f64x2.add(f64x2.mul(f, m), one);
    g = f64x2.add(f64x2.mul(g, m), one);
    h = f64x2.add(f64x2.mul(h, m), one);
  }
  const ab = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  const total = f64x2.add(ab, f64x2.add(f64x2.add(e, f), f64x2.add(g, h)));
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}
