/** A proven statement about how far an objective is above its optimum, or the reason why there is none. */
export type Certificate =
  | {
      readonly valid: true;
      /** The objective at the parameters. */
      readonly objective: number;
      /** A proven upper bound of objective − optimum, at least 0, with all rounding included. */
      readonly gap: number;
      /** gap / objective, or 0 if both are 0. */
      readonly relative: number;
      /** The method of the proof. */
      readonly method: "least squares" | "duality gap" | "pegasos" | "nuclear norm";
      /** One sentence: "The objective is within 3e-7 of the best possible one." */
      readonly sentence: string;
    }
  | {
      readonly valid: false;
      readonly objective: number;
      /** One sentence that says why no bound is proven: "A network has no known bound, because …" */
      readonly sentence: string;
    };
