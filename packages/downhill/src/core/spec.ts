import { frozenCopy } from "./frozenCopy.ts";

/** Gives a part its spec, frozen. Copies do not inherit it: `{ ...adam(0.1), bind }` is no longer what the spec says. */
export const withSpec = <Part extends object, Spec>(
  part: Part,
  spec: Spec | undefined,
): Part & { readonly spec?: Spec } => Object.defineProperty(part, "spec", { value: frozenCopy(spec) });
