// The runs that stand beside the two that misbehave: same data, same start, same orders.
import { plain } from "downhill";
import { type FactorizationProgram, factorization } from "./factorization.ts";
import { type NetworkProgram, network } from "./network.ts";

/** The network on standardized columns, at less than half the article's rate. */
export const steadyNetwork = (): NetworkProgram => network({ standardize: true, optimizer: plain(0.02) });

/**
 * The factorization by the formula that the article states, Σ e² + reg (‖P‖² + ‖Q‖²), divided by the number of ratings:
 * the norms count once and not for every rating.
 */
export const steadyFactorization = (): FactorizationProgram => factorization({ penalty: "uniform", l2: 0.1 / 301 });

/** The factorization that descends what the article plots: mean e² + reg (‖P‖² + ‖Q‖²). */
export const plottedFactorization = (): FactorizationProgram => factorization({ penalty: "uniform", l2: 0.1 });
