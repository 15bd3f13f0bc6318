// Two loops that run at the highest speed of WebAssembly on this machine: a sum of numbers in memory, and multiply-adds
// in registers. Compiled by AssemblyScript.

/** Sum of n numbers (n a multiple of 8), in eight partial sums. */
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

/** 16 float64 multiply-adds per turn of the loop. */
export function multiplyAdds64(turns: usize, factor: f64): f64 {
  const total = multiplyAdds<f64>(turns, factor);
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

/** 32 float32 multiply-adds per turn of the loop. */
export function multiplyAdds32(turns: usize, factor: f32): f32 {
  const total = multiplyAdds<f32>(turns, factor);
  return f32x4.extract_lane(total, 0) + f32x4.extract_lane(total, 1);
}

/** Eight independent chains, so that no multiply-add waits for another. */
function multiplyAdds<T extends number>(turns: usize, factor: T): v128 {
  const m = v128.splat<T>(factor);
  const one = v128.splat<T>(1 as T);
  let a = one;
  let b = one;
  let c = one;
  let d = one;
  let e = one;
  let f = one;
  let g = one;
  let h = one;
  for (let i: usize = 0; i < turns; i++) {
    a = v128.add<T>(v128.mul<T>(a, m), one);
    b = v128.add<T>(v128.mul<T>(b, m), one);
    c = v128.add<T>(v128.mul<T>(c, m), one);
    d = v128.add<T>(v128.mul<T>(d, m), one);
    e = v128.add<T>(v128.mul<T>(e, m), one);
    f = v128.add<T>(v128.mul<T>(f, m), one);
    g = v128.add<T>(v128.mul<T>(g, m), one);
    h = v128.add<T>(v128.mul<T>(h, m), one);
  }
  const ab = v128.add<T>(v128.add<T>(a, b), v128.add<T>(c, d));
  return v128.add<T>(ab, v128.add<T>(v128.add<T>(e, f), v128.add<T>(g, h)));
}
