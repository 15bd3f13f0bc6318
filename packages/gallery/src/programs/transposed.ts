/** A table of rows × columns numbers, row by row, as its columns × rows transpose. */
export function transposed(table: Float64Array, rows: number, columns: number): Float64Array {
  return table.map((_, at) => table[(at % rows) * columns + Math.floor(at / rows)]!);
}
