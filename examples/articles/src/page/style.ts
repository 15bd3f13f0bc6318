/** The page's style: one column of text, two of figures where there is room; light and dark as the reader's system is. */
export const style = `
:root { color-scheme: light dark; --paper: light-dark(#fff, #15181d); --ink: light-dark(#22262b, #edeff2);
  --muted: light-dark(#5a626c, #a3abb6); --rule: light-dark(#d9dde2, #333a44); --link: light-dark(#005a8c, #7cc5f0); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 72rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0; }
h2 { font-size: 1.4rem; line-height: 1.25; margin: 3.5rem 0 0.5rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1.1rem; line-height: 1.3; margin: 2rem 0 0.5rem; }
p { max-width: 44rem; margin: 0.6rem 0; }
a { color: var(--link); }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.3rem 1.25rem 0.3rem 0; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--rule); }
th { font-weight: 600; color: var(--muted); }
td.number, th.number { text-align: right; }
.facts { color: var(--muted); font-variant-numeric: tabular-nums; }
.figures { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; margin: 1.25rem 0; align-items: start; }
.broad { grid-column: 1 / -1; }
figure { margin: 0; min-width: 0; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { color: var(--muted); font-size: 0.9rem; line-height: 1.4; margin-top: 0.4rem; }
.narrow { display: none; }
@media (max-width: 56rem) { .figures { grid-template-columns: 1fr; } figure { max-width: 40rem; } }
@media (max-width: 30rem) {
  .wide { display: none; } .narrow { display: block; }
  table { font-size: 0.85rem; } th, td { padding-right: 0.6rem; } th { white-space: normal; vertical-align: bottom; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3 { break-after: avoid; }
  figure, tr { break-inside: avoid; }
  .figures { grid-template-columns: 1fr 1fr; }
  .wide { display: block; } .narrow { display: none; }
}
`;
