// Checks the members of a model file that the command adds to a factorization.

/** The rule that a member does not satisfy, and the value of the member. */
export interface Fault {
  readonly rule: string;
  readonly got: unknown;
}

type Members = Readonly<Record<string, unknown>>;

/** The first fault of the members, or null. */
export function faultOf({ user, item, rating }: Members, run: unknown): Fault | null {
  if (!isObject(run)) return { rule: "its run must be an object", got: run };
  const answer = run["commonAnswer"];
  if (!Number.isFinite(answer)) return { rule: "its commonAnswer must be a number", got: answer };
  if (!isObject(rating) || !isReadRule(rating["read"])) {
    return { rule: "its column of ratings must have a name and a rule", got: rating };
  }
  const names = [user, item, rating["name"]];
  const at = names.findIndex((name) => typeof name !== "string");
  if (at >= 0) return { rule: `its column of ${["users", "items", "ratings"][at]} must have a name`, got: names[at] };
  if (new Set(names).size === 3) return null;
  return { rule: "its three columns must have different names", got: names.join(", ") };
}

/** Whether a value is a rule for reading numbers. */
function isReadRule(value: unknown): boolean {
  if (!isObject(value) || value["kind"] !== "number") return false;
  const { missing, numbers } = value;
  if (!Array.isArray(missing) || missing.some((text) => typeof text !== "string")) return false;
  if (numbers === undefined) return true;
  return isObject(numbers) && ["decimal", "group", "unit"].every((name) => typeof numbers[name] === "string");
}

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);
