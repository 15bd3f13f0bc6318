import { describe, expect, it } from "vitest";
import { differencesFrom, readNumpyResult } from "../src/programs/numpyComparison.ts";
import { type ProgramName, programNames, programs } from "../src/programs/runGallery.ts";

// Measured: at most 1.2e-12, at a true rating that is a small sum of large products. Losses and parameters: 2.7e-13.
const TOLERANCE = 1e-10;

const shapes: Record<ProgramName, { data: string[]; params: string[]; epochs: number }> = {
  line: { data: ["X", "y"], params: ["m", "b"], epochs: 1000 },
  linear: { data: ["X", "y"], params: ["w", "b"], epochs: 200 },
  logistic: { data: ["X", "y"], params: ["w", "b"], epochs: 300 },
  softmax: { data: ["X", "y"], params: ["W", "b"], epochs: 300 },
  network: { data: ["X", "y"], params: ["W1", "b1", "W2", "b2"], epochs: 200 },
  svm: { data: ["X", "y_binary", "y"], params: ["w", "b"], epochs: 500 },
  factorization: { data: ["P_true", "Q_true", "R_full", "mask", "R"], params: ["P", "Q"], epochs: 80 },
};

describe.each(programNames)("%s", (name) => {
  const result = programs[name]();
  const numpys = readNumpyResult(name);
  const differences = differencesFrom(numpys, result);

  it("has all the numbers that NumPy computed", () => {
    expect(result.program).toBe(name);
    expect(result.epochs).toBe(shapes[name].epochs);
    expect(numpys.losses).toHaveLength(shapes[name].epochs);
    expect(Object.keys(numpys.data)).toEqual(shapes[name].data);
    expect(Object.keys(numpys.params)).toEqual(shapes[name].params);
    expect(Object.keys(numpys.start)).toEqual(shapes[name].params);
  });

  it("starts with NumPy's data and parameters", () => {
    expect(differences.data).toBeLessThan(TOLERANCE);
    expect(differences.start).toBe(0);
  });

  it("ends with NumPy's parameters", () => {
    expect(differences.params).toBeLessThan(TOLERANCE);
  });

  it("has NumPy's loss in every epoch", () => {
    expect(differences.losses).toBeLessThan(TOLERANCE);
  });
});

describe.each(["network", "factorization"] as const)("the row orders of the program %s", (name) => {
  it("are NumPy's in the first and the last epoch", () => {
    const { orders, epochs } = programs[name]();
    const { firstOrder, lastOrder } = readNumpyResult(name);
    expect(orders).toHaveLength(epochs);
    expect(Array.from(orders[0]!)).toEqual(firstOrder);
    expect(Array.from(orders.at(-1)!)).toEqual(lastOrder);
    expect(firstOrder).not.toEqual(lastOrder);
  });
});
