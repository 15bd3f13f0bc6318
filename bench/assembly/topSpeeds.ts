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

/** 24 float64 multiply-adds per turn of the loop. */
export function multiplyAdds64(turns: usize, factor: f64): f64 {
  const total = multiplyAdds<f64>(turns, factor);
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

/** 48 float32 multiply-adds per turn of the loop. */
export function multiplyAdds32(turns: usize, factor: f32): f32 {
  const total = multiplyAdds<f32>(turns, factor);
  return f32x4.extract_lane(total, 0) + f32x4.extract_lane(total, 1);
}

/** Twelve independent chains: with eight, a processor with three units for multiplications and additions waits a third of the time. */
function multiplyAdds<T extends number>(turns: usize, factor: T): v128 {
  const by = v128.splat<T>(factor);
  const one = v128.splat<T>(1 as T);
  let a = one;
  let b = one;
  let c = one;
  let d = one;
  let e = one;
  let f = one;
  let g = one;
  let h = one;
  let i = one;
  let j = one;
  let k = one;
  let l = one;
  for (let turn: usize = 0; turn < turns; turn++) {
    a = v128.add<T>(v128.mul<T>(a, by), one);
    b = v128.add<T>(v128.mul<T>(b, by), one);
    c = v128.add<T>(v128.mul<T>(c, by), one);
    d = v128.add<T>(v128.mul<T>(d, by), one);
    e = v128.add<T>(v128.mul<T>(e, by), one);
    f = v128.add<T>(v128.mul<T>(f, by), one);
    g = v128.add<T>(v128.mul<T>(g, by), one);
    h = v128.add<T>(v128.mul<T>(h, by), one);
    i = v128.add<T>(v128.mul<T>(i, by), one);
    j = v128.add<T>(v128.mul<T>(j, by), one);
    k = v128.add<T>(v128.mul<T>(k, by), one);
    l = v128.add<T>(v128.mul<T>(l, by), one);
  }
  const first = v128.add<T>(v128.add<T>(a, b), v128.add<T>(c, d));
  const second = v128.add<T>(v128.add<T>(e, f), v128.add<T>(g, h));
  return v128.add<T>(v128.add<T>(first, second), v128.add<T>(v128.add<T>(i, j), v128.add<T>(k, l)));
}
