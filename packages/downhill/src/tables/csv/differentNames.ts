/** Different names for columns: the second "x" is "x_1", and a column without a name is "column" and its position, as in DuckDB. */
export function differentNames(cells: readonly string[]): { names: string[]; renamed: string[]; nameless: string[] } {
  const plain = cells.map((name, i) => (name === "" ? `column${i}` : name));
  const taken = new Set(plain);
  const seen = new Set<string>();
  const renamed: string[] = [];
  const names = plain.map((name) => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let number = 1;
    while (taken.has(`${name}_${number}`)) number += 1;
    const other = `${name}_${number}`;
    taken.add(other);
    renamed.push(other);
    return other;
  });
  return { names, renamed, nameless: names.filter((_, i) => cells[i] === "") };
}
