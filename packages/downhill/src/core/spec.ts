import { frozenCopy } from "./frozenCopy.ts";

/**
 * Adds a frozen spec (plain data from which `part` can be made) to `part`. The property is not enumerable, so a changed copy
 * such as `{ ...adam(0.1), bind }`, which the spec does not describe, has none.
 */
export const withSpec = <Part extends object, Spec>(
  part: Part,
  spec: Spec | undefined,
): Part & { readonly spec?: Spec } => Object.defineProperty(part, "spec", { value: frozenCopy(spec) });
