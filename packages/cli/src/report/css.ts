// The page's style: system fonts, one accent, hairlines instead of boxes; light and dark, narrow, and on paper.

export const css = `
:root{color-scheme:light dark;--paper:light-dark(#fff,#15181d);--ink:light-dark(#1b1f24,#e9ecf0);--soft:light-dark(#57606a,#a3abb6);
--line:light-dark(#dfe3e8,#2f353e);--wash:light-dark(#f5f7f9,#1b1f25);--accent:light-dark(#0067a3,#56b4e9)}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
-webkit-text-size-adjust:100%;text-size-adjust:100%;font-variant-numeric:tabular-nums}
body{margin:0 auto;max-width:1040px;padding:clamp(20px,5vw,56px) clamp(16px,4vw,40px) 72px}
h1{font-size:clamp(1.6rem,1.1rem + 2.4vw,2.6rem);line-height:1.15;letter-spacing:-.02em;font-weight:680;margin:.2em 0 .45em;max-width:24em;text-wrap:balance}
h2{font-size:1.25rem;letter-spacing:-.01em;line-height:1.3;font-weight:660;margin:0 0 .35em}
h3{font-size:1rem;font-weight:640;margin:1.6em 0 .4em}
p{margin:.4em 0;max-width:44em}
.kind{margin:0;color:var(--accent);font-weight:600;overflow-wrap:anywhere}
.lead{font-size:1.1rem;color:var(--soft)}
.soft{color:var(--soft)}
.numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(136px,1fr));gap:0 28px;margin:28px 0 0;padding:0}
.numbers div{border-top:2px solid var(--ink);padding:10px 0 14px}
.numbers dt{font-size:.85rem;color:var(--soft)}
.numbers dd{margin:0;font-size:1.7rem;line-height:1.25;font-weight:640;letter-spacing:-.02em}
.numbers dd small{display:block;font-size:.85rem;line-height:1.4;font-weight:400;letter-spacing:0;color:var(--soft)}
section{border-top:1px solid var(--line);margin-top:44px;padding-top:28px}
.figures{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:28px 40px;align-items:start;margin-top:16px}
figure{margin:0;min-width:0}
figure.full{grid-column:1/-1}
figure svg{display:block;width:100%;height:auto;margin:0 auto}
.medium,.narrow{display:none}
figcaption{font-size:.9rem;line-height:1.5;color:var(--soft);margin:.5em 0 0;overflow-wrap:anywhere}
details{margin-top:.6em;font-size:.9rem}
summary{cursor:pointer;color:var(--accent);padding:.35em 0;width:fit-content}
.scroll{overflow:auto;max-height:30em;border-block:1px solid var(--line)}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4}
caption{text-align:left;color:var(--soft);padding:.5em 0}
th,td{padding:.42em clamp(.6em,2vw,1.1em) .42em 0;text-align:left;vertical-align:top;overflow-wrap:break-word}
td{text-align:right;white-space:nowrap}
th[scope=col]:not(:first-child){text-align:right}
thead th{position:sticky;top:0;background:var(--paper);font-weight:600;color:var(--soft);border-bottom:1px solid var(--line)}
tbody th{font-weight:400}
tbody tr+tr>*{border-top:1px solid var(--line)}
.settings td,.settings th{text-align:left!important}
.settings td{white-space:normal}
.settings .scroll{max-height:none}
.settings th[scope=row]{white-space:nowrap}
code,pre{font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{background:var(--wash);border-left:3px solid var(--accent);padding:.9em 1.1em;margin:.8em 0;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
pre .word{white-space:nowrap}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
footer{margin-top:44px;padding-top:16px;border-top:1px solid var(--line);font-size:.875rem;color:var(--soft)}
@media (max-width:860px){.full .wide{display:none}.full .medium{display:block}}
@media (max-width:760px){.figures{grid-template-columns:minmax(0,1fr)}figure:not(.full) svg{max-width:560px}}
@media (max-width:519px){.wide,.full .medium{display:none}.narrow{display:block}.narrow svg{max-width:380px}.numbers{grid-template-columns:repeat(2,minmax(0,1fr))}}
@media (forced-colors:active){.numbers div,section{border-color:CanvasText}}
@media print{:root{color-scheme:light}html{font-size:11pt}body{max-width:none;padding:0}.wide,.full .medium{display:block}.narrow,.full .wide{display:none}
figure,tr,.numbers{break-inside:avoid}h2,h3{break-after:avoid}.scroll{max-height:none;overflow:visible}details:not([open]){display:none}
.figures{grid-template-columns:repeat(2,minmax(0,1fr))}}
`;
