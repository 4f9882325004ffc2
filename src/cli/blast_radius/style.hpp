// How a page of `blast-radius` looks: on a screen, on a telephone, in the dark, and printed.
#ifndef ROLECALL_CLI_BLAST_RADIUS_STYLE_HPP
#define ROLECALL_CLI_BLAST_RADIUS_STYLE_HPP

#include <string_view>

namespace rolecall::inline v0_1::cli {

/// Needs nothing from outside. A bar is told apart by its pattern, too, not by colour alone.
inline constexpr std::string_view blast_radius_style = R"(
:root { color-scheme: light dark; --ink: #1a1d21; --paper: #fff; --soft: #56606b; --line: #ccd2d8;
  --sure: #9c1c1c; --maybe: #d98a2b; --none: #e8ebee; --good: #1d6b3a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7eaee; --paper: #14171a; --soft: #a3adb8;
  --line: #3a424a; --sure: #ef6a5f; --maybe: #c98a3a; --none: #2a3036; --good: #6cc48b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 3rem; color: var(--ink);
  background: var(--paper); overflow-wrap: anywhere;
  font: 15px/1.45 "Noto Sans", "Segoe UI", Helvetica, Arial, sans-serif; }
h1 { margin: 0 0 .75rem; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2rem 0 .4rem; padding-top: .4rem; border-top: 2px solid var(--ink);
  font-size: 1.15rem; }
p { margin: .3rem 0; }
.kind { margin: 0; color: var(--soft); font-size: .85rem; letter-spacing: .08em;
  text-transform: uppercase; }
.soft, .note { color: var(--soft); }
.note { font-size: .85rem; }
.summary { margin: 1rem 0 0; font-size: 1.05rem; font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; }
.label { display: inline-block; padding: 0 .5em; border: 1px solid var(--line); border-radius: 1em;
  color: var(--soft); font-size: .8rem; font-weight: 400; }
.wide { overflow-x: auto; overflow-wrap: normal; }
table { width: 100%; border-collapse: collapse; margin: .4rem 0; }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
th { border-bottom-color: var(--ink); color: var(--soft); font-size: .8rem; font-weight: 600; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.name { font-weight: 600; }
.certain { color: var(--good); }
.condition { font: .9em/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
.alarm { color: var(--sure); font-weight: 600; }
code { font: .9em ui-monospace, "DejaVu Sans Mono", monospace; }
.bar { display: flex; width: 8rem; height: .8rem; margin-top: .3rem; background: var(--none);
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.bar span { height: 100%; }
.legend .bar { display: inline-flex; width: 1.2rem; margin: 0 .2rem; vertical-align: -.1rem; }
.legend .bar span { width: 100%; }
.bar .sure { background: var(--sure); }
.bar .maybe { background: repeating-linear-gradient(135deg, var(--maybe) 0 4px, var(--none) 4px 6px); }
@media (max-width: 40rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .4rem; }
  .bar { width: 4rem; }
  th, td { padding-right: .6rem; font-size: .9rem; }
}
@page { size: A4; margin: 16mm 15mm 18mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #444; --line: #bbb;
    --sure: #7a1010; --maybe: #b56f1a; --none: #e8ebee; --good: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h1 { font-size: 18pt; }
  h2 { font-size: 13pt; break-after: avoid; }
  .wide { overflow: visible; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
)";

}  // namespace rolecall::inline v0_1::cli

#endif
