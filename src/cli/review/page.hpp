// How the page of a review looks: on a screen, on a telephone, and printed on A4.
#ifndef ROLECALL_CLI_REVIEW_PAGE_HPP
#define ROLECALL_CLI_REVIEW_PAGE_HPP

#include <string_view>

namespace rolecall::inline v0_1::cli {

/// Needs nothing from outside, and works in black and white.
inline constexpr std::string_view review_style = R"(
:root { color-scheme: light; --ink: #1a1d21; --soft: #5a636e; --line: #c9ced4; --alarm: #a31515; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 3rem; color: var(--ink);
  background: #fff; font: 15px/1.45 "Noto Sans", "Segoe UI", Helvetica, Arial, sans-serif;
  overflow-wrap: anywhere; }
h1 { margin: 0 0 .75rem; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2.2rem 0 .5rem; padding-top: .4rem; border-top: 2px solid var(--ink);
  font-size: 1.2rem; }
h3 { margin: 1.4rem 0 .2rem; font-size: 1rem; }
p { margin: .3rem 0; }
.kind { margin: 0; color: var(--soft); font-size: .85rem; letter-spacing: .08em;
  text-transform: uppercase; }
.soft, small { color: var(--soft); }
small { font-size: .85em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; }
.mono { font: .8rem/1.6 ui-monospace, "DejaVu Sans Mono", monospace; }
.verdict { margin: 1rem 0 0; font-weight: 600; }
.alarm { color: var(--alarm); }
.concern { margin: .6rem 0; padding: .4rem .8rem; border: 1px solid var(--line);
  border-left: 4px solid var(--alarm); break-inside: avoid; }
.label { display: inline-block; padding: 0 .5em; border: 1px solid var(--line); border-radius: 1em;
  font-size: .8rem; font-weight: 400; color: var(--soft); }
table { width: 100%; border-collapse: collapse; margin: .4rem 0; }
th, td { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
thead th { border-bottom: 1px solid var(--ink); color: var(--soft); font-size: .8rem;
  font-weight: 600; }
.access th:first-child, .access td:first-child { width: 8.5rem; }
.access td:nth-child(2) { width: 27%; }
.one { display: inline-block; max-width: 100%; }
.one small { white-space: nowrap; }
code { font: .9em ui-monospace, "DejaVu Sans Mono", monospace; }
.users tbody { break-inside: avoid; }
.users .who th { padding-top: .8rem; font-size: 1rem; }
.users td:first-child { padding-left: 1rem; }
.users .who small { font-weight: 400; }
.users .passed td { color: var(--soft); }
.users .note { width: 26%; padding-left: 1rem; }
.ending td:last-child { width: 25%; }
.day { width: 6.5rem; white-space: nowrap; }
.tick { width: 4rem; padding-right: 0; text-align: center; }
.box { display: inline-block; width: 1rem; height: 1rem; border: 1.5px solid var(--ink); }
.sign { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; margin-top: 1rem; }
.sign section { break-inside: avoid; }
.sign h3 { margin-top: 0; }
.field { margin-top: 2.2rem; padding-top: .2rem; border-top: 1px solid var(--ink);
  color: var(--soft); font-size: .8rem; }
@media (max-width: 40rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .4rem; }
  .users .note { display: none; }
  .users td:first-child { padding-left: .4rem; }
  .day { width: 5.6rem; font-size: .85rem; }
  .tick { width: 3.4rem; }
  .access thead { display: none; }
  .access tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line); }
  .access td, .access td:first-child, .access td:nth-child(2) { display: block; width: auto;
    padding: 0; border: 0; }
  .access td:first-child { font-weight: 600; }
  .access td:nth-child(2)::before { content: "as "; color: var(--soft); }
  .access td:nth-child(3) { padding-left: 1rem; }
  .ending td:last-child { width: auto; white-space: nowrap; }
  .sign { grid-template-columns: 1fr; gap: 2.5rem; }
}
@page { size: A4; margin: 16mm 15mm 18mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  h1 { font-size: 18pt; }
  h2 { font-size: 13pt; }
  h2, h3 { break-after: avoid; }
  h2 + p, h3 + p { break-after: avoid; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  th, td { padding-top: .2rem; padding-bottom: .2rem; }
  .users .who th { padding-top: .5rem; }
  .sign { break-inside: avoid; }
}
)";

}  // namespace rolecall::inline v0_1::cli

#endif
