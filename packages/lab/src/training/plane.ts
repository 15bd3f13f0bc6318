// A plane through the parameters of a model, in which its objective can be drawn.

/** A plane: origin + a · first + b · second. The directions have length 1 and are perpendicular, or they are two parameters. */
export interface Plane {
  readonly origin: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** The names of the axes. */
  readonly names: readonly [string, string];
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

const scaled = (a: Float64Array, factor: number): Float64Array => a.map((value) => value * factor);

/** The vector with length 1, or null where it is 0. */
function unit(a: Float64Array): Float64Array | null {
  const length = Math.sqrt(dot(a, a));
  return length > 1e-12 && Number.isFinite(length) ? scaled(a, 1 / length) : null;
}

/** What of `a` is perpendicular to the unit vector. */
const perpendicular = (a: Float64Array, direction: Float64Array): Float64Array => {
  const share = dot(a, direction);
  return a.map((value, i) => value - share * direction[i]!);
};

/** Where parameters are in the plane: those of the nearest point. */
export const project = ({ origin, first, second }: Plane, params: ArrayLike<number>): [number, number] => {
  let [a, b] = [0, 0];
  for (let i = 0; i < origin.length; i++) {
    const difference = params[i]! - origin[i]!;
    a += difference * first[i]!;
    b += difference * second[i]!;
  }
  return [a, b];
};

/** The parameters at a point of the plane; they overwrite `out`. */
export function pointOf({ origin, first, second }: Plane, a: number, b: number, out: Float64Array): Float64Array {
  for (let i = 0; i < out.length; i++) out[i] = origin[i]! + a * first[i]! + b * second[i]!;
  return out;
}

/** The plane of two parameters; all others are those of `origin`. With two parameters it contains everything. */
export function parameterPlane(origin: Float64Array, i: number, j: number, names: readonly [string, string]): Plane {
  const own = origin.slice();
  own[i] = 0;
  own[j] = 0;
  const axis = (k: number) => Float64Array.from(own, (_, at) => (at === k ? 1 : 0));
  return { origin: own, first: axis(i), second: axis(j), names };
}

/**
 * The plane through `origin` with the line to `far`, and with `other` as nearly as possible. A direction that is 0 is replaced by
 * that of a parameter.
 */
export function planeThrough(
  origin: Float64Array,
  far: Float64Array,
  other: Float64Array,
  names: readonly [string, string],
): Plane {
  const axis = (k: number) => Float64Array.from(origin, (_, at) => (at === k ? 1 : 0));
  const first = unit(far.map((value, i) => value - origin[i]!)) ?? axis(0);
  for (let k = -1; k < origin.length; k++) {
    const candidate = k < 0 ? other : axis(k);
    const second = unit(perpendicular(unit(candidate) ?? candidate, first));
    if (second !== null && Math.abs(dot(second, first)) < 1e-6) return { origin, first, second, names };
  }
  return { origin, first, second: axis(1), names };
}

/** The share of the movement from the first to the last of these parameters, and between them, that is in the plane. */
export function shareInPlane(plane: Plane, path: readonly ArrayLike<number>[]): number {
  let [inside, all] = [0, 0];
  for (let k = 1; k < path.length; k++) {
    const [from, to] = [path[k - 1]!, path[k]!];
    const move = Float64Array.from(from, (value, i) => to[i]! - value);
    const [a, b] = [dot(move, plane.first), dot(move, plane.second)];
    inside += a * a + b * b;
    all += dot(move, move);
  }
  return all === 0 ? 1 : Math.min(1, inside / all);
}

/** The two directions in which these parameters differ most (the principal components), as a plane through their mean. */
export function planeOfPath(path: readonly Float64Array[], names: readonly [string, string]): Plane {
  const size = path[0]!.length;
  const mean = new Float64Array(size);
  for (const params of path) for (let i = 0; i < size; i++) mean[i]! += params[i]! / path.length;
  const rows = path.map((params) => params.map((value, i) => value - mean[i]!));
  const start = (k: number) => rows.at(k === 0 ? -1 : Math.floor(rows.length / 2))!;
  /** The largest component that is perpendicular to `without`, by power iteration. */
  const component = (from: Float64Array, without: Float64Array | null): Float64Array | null => {
    let direction = unit(without === null ? from : perpendicular(from, without));
    for (let round = 0; round < 50 && direction !== null; round++) {
      const next = new Float64Array(size);
      for (const row of rows) {
        const share = dot(row, direction);
        for (let i = 0; i < size; i++) next[i]! += share * row[i]!;
      }
      direction = unit(without === null ? next : perpendicular(next, without));
    }
    return direction;
  };
  const first = component(start(0), null);
  if (first === null) return parameterPlane(mean, 0, 1, names);
  const second = component(start(1), first);
  const far = mean.map((value, i) => value + first[i]!);
  return planeThrough(mean, far, second ?? new Float64Array(size), names);
}
