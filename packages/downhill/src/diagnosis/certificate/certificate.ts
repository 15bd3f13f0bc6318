import { numberText } from "../numberText.ts";

/** A proven statement about how far an objective is above its optimum, or the reason why there is none. */
export type Certificate = Proven | Unproven;

/** A certificate with a bound. */
export interface Proven {
  /** There is a proven bound. */
  readonly valid: true;
  /** The objective at the parameters. */
  readonly objective: number;
  /** A proven upper bound of objective − optimum, at least 0, with all rounding included. */
  readonly gap: number;
  /** gap / objective, at most 1; 0 if both are 0. */
  readonly relative: number;
  /**
   * The bound compares with all parameters θ* that are at most this far away, or with all parameters if it is null. The distance
   * is √(Σ mean square of column j · (θ*ⱼ − θⱼ)²), so it has the unit of the scores. There is a limit only without a
   * penalty, if the columns depend on each other, or if no optimum is proven to be near.
   */
  readonly radius: number | null;
  /** The probability that the bound is too small: 1e-12 for "nuclear norm", which uses a random start, else 0. */
  readonly failureProbability: number;
  /** The method of the proof. */
  readonly method: "least squares" | "duality gap" | "nuclear norm";
  /** One sentence: "The objective is 0.0664, within 3×10⁻⁹ of the best possible one (relative 5×10⁻⁸)." */
  readonly sentence: string;
}

/** The reason why there is no bound. */
export interface Unproven {
  /** There is no proven bound. */
  readonly valid: false;
  /** The objective at the parameters; null where it was not computed. */
  readonly objective: number | null;
  /** One sentence that says why no bound is proven: "A network has no known bound, because …" */
  readonly sentence: string;
}

/** A bound; `radius` is Infinity if it compares with all parameters. See the members of `Certificate`. */
export interface ProvenBound extends Pick<Proven, "objective" | "gap" | "failureProbability"> {
  readonly radius: number;
  readonly separable?: boolean;
}

/** The certificate of a bound. */
export function proven(method: Proven["method"], { radius, separable, ...bound }: ProvenBound): Proven {
  const { objective, gap } = bound;
  const relative = gap === 0 ? 0 : Math.min(1, gap / objective);
  const limited = radius < Infinity;
  const among = limited ? ` for parameters up to ${textAbove(radius)} away` : "";
  const is = `The objective is ${numberText(objective, 5)}`;
  const sentence = separable
    ? `${is}. It has no optimum, because a plane separates the classes: without a penalty it falls towards 0 as the weights grow.`
    : relative > 0.999
      ? `${is}. The best possible one is at least 0; no better bound was found.`
      : `${is}, within ${textAbove(gap)} of the best possible one${among} (relative ${textAbove(relative)}).`;
  return { ...{ valid: true, ...bound, relative, radius: limited ? radius : null, method, sentence } };
}

/** The number with two digits, rounded up, so that a bound stays a bound. */
function textAbove(x: number): string {
  const near = Number(x.toPrecision(2));
  return numberText(near >= x * (1 - 1e-11) ? near : x * 1.05, 2);
}
