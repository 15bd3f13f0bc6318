import type { Dialect } from "./tableOptions.ts";

/** The words of the library: rows have numbers, and options are members of an object. */
export function libraryDialect(functionName: string): Dialect {
  return {
    functionName,
    locate: (row) => `row ${row}`,
    column: (name, option, value) => {
      const text = JSON.stringify(value);
      return `columns: { ${member(name)}: ${option === "kind" ? text : `{ ${option}: ${text} }`} }`;
    },
    ignore: (...names) => `ignore: ${list(names)}`,
    option: (name, ...values) => `${name}: ${name === "na" ? list(values) : JSON.stringify(values[0])}`,
  };
}

const list = (texts: readonly string[]): string => `[${texts.map((text) => JSON.stringify(text)).join(", ")}]`;

const member = (name: string): string =>
  name === "__proto__" ? '["__proto__"]' : /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
