// The fields of a sweep's descriptor (src/kernels/sweepLayout.ts). All of them are float64 numbers.

// @ts-ignore: decorator
@inline
export function numberIn(sweep: usize, field: i32): f64 {
  return load<f64>(sweep + (<usize>field << 3));
}

// @ts-ignore: decorator
@inline
export function integerIn(sweep: usize, field: i32): i32 {
  return <i32>numberIn(sweep, field);
}

// @ts-ignore: decorator
@inline
export function addressIn(sweep: usize, field: i32): usize {
  return <usize>numberIn(sweep, field);
}
