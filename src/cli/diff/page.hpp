// How the page of a difference looks: light and dark, on a telephone, and printed.
#ifndef ROLECALL_CLI_DIFF_PAGE_HPP
#define ROLECALL_CLI_DIFF_PAGE_HPP

#include <string_view>

namespace rolecall::inline v0_1::cli {

/// Needs nothing from outside, and works in black and white: each row says what it is in words.
inline constexpr std::string_view diff_style = R"(
:root { color-scheme: light dark; --ink: #1a1d21; --paper: #fff; --soft: #5a636e; --line: #c9ced4;
  --gain: #9a3a00; --gain-back: #fff3e8; --loss: #1f5c8a; --loss-back: #ecf4fa; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e7ea; --paper: #16191d; --soft: #9aa4af; --line: #3a4149;
    --gain: #ffb27a; --gain-back: #2b1f15; --loss: #8fc4ec; --loss-back: #15222d; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 66rem; padding: 1.5rem 1rem 3rem; color: var(--ink);
  background: var(--paper); font: 15px/1.45 "Noto Sans", "Segoe UI", Helvetica, Arial, sans-serif;
  overflow-wrap: anywhere; }
h1 { margin: 0 0 .75rem; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2.2rem 0 .5rem; padding-top: .4rem; border-top: 2px solid var(--ink);
  font-size: 1.2rem; }
h3 { margin: 1.2rem 0 .2rem; font-size: 1rem; }
p { margin: .3rem 0; }
.kind { margin: 0; color: var(--soft); font-size: .85rem; letter-spacing: .08em;
  text-transform: uppercase; }
.soft, small { color: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; }
.mono { font: .8rem/1.6 ui-monospace, "DejaVu Sans Mono", monospace; }
.verdict { margin: 1rem 0 0; font-weight: 600; }
table { width: 100%; border-collapse: collapse; margin: .4rem 0; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
thead th { border-bottom: 1px solid var(--ink); color: var(--soft); font-size: .8rem;
  font-weight: 600; }
tr.gained td, tr.changed td { background: var(--gain-back); }
tr.lost td { background: var(--loss-back); }
.gained .sign, .changed .sign { color: var(--gain); font-weight: 600; }
.lost .sign { color: var(--loss); font-weight: 600; }
.sign { width: 6.5rem; }
th:nth-child(2), td:nth-child(2) { width: 9.5rem; }
.label { display: inline-block; padding: 0 .5em; border: 1px solid var(--line);
  border-radius: 1em; font-size: .8rem; color: var(--soft); }
ul { margin: .3rem 0; padding-left: 1.2rem; }
td ul { padding-left: 0; list-style: none; margin: 0; }
code { font: .85em ui-monospace, "DejaVu Sans Mono", monospace; }
@media (max-width: 46rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .4rem; }
  thead { display: none; }
  tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  td, td:nth-child(2), .sign { display: block; width: auto; padding: .1rem .6rem; border: 0; }
}
@page { size: A4; margin: 16mm 15mm 18mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
@media print {
  :root { --ink: #000; --paper: #fff; --soft: #444; --line: #aaa; --gain: #000; --loss: #000;
    --gain-back: #fff; --loss-back: #fff; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3 { break-after: avoid; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
)";

}  // namespace rolecall::inline v0_1::cli

#endif
