// What the page after an exercise has beside what every page of exposure has.
#ifndef ROLECALL_CLI_EXERCISE_REPORT_STYLE_HPP
#define ROLECALL_CLI_EXERCISE_REPORT_STYLE_HPP

#include <string_view>

namespace rolecall::inline v0_1::cli {

/// Stands behind `blast_radius_style`. What failed is told by words, too, not by colour alone.
inline constexpr std::string_view exercise_report_style = R"(
h3 { margin: 1.1rem 0 .2rem; font-size: 1rem; }
ul { margin: .3rem 0; padding-left: 1.2rem; }
small { color: var(--soft); font-size: .85em; }
.mono { font: .8rem/1.6 ui-monospace, "DejaVu Sans Mono", monospace; }
.label.failed { border-color: var(--sure); color: var(--sure); font-weight: 600; }
.label.passed { border-color: var(--good); color: var(--good); }
.about { margin: .4rem 0 .6rem; font-size: 1.05rem; }
.talk { margin: .8rem 0; padding: .5rem .9rem; border: 1px solid var(--line);
  border-left: 4px solid var(--ink); break-inside: avoid; }
.failure { margin: .6rem 0; padding: .4rem .9rem; border: 1px solid var(--line);
  border-left: 4px solid var(--sure); break-inside: avoid; }
.failure p { margin: .15rem 0; }
td.must { width: 14rem; }
.number + td:not(.number), .number + th:not(.number) { padding-left: 1.2rem; }
.fill td { height: 2.4rem; }
.fill td:nth-child(2), .fill th:nth-child(2) { width: 24%; }
.fill td:nth-child(3), .fill th:nth-child(3) { width: 16%; }
.sign { display: grid; grid-template-columns: 1fr 1fr; gap: 1.4rem 2rem; margin-top: .6rem; }
.sign section { break-inside: avoid; }
.sign h3 { margin-top: 0; min-height: 1.4em; }
.fields { display: grid; grid-template-columns: 7rem 1fr; gap: 0 1rem; }
.field { margin-top: 2rem; padding-top: .2rem; border-top: 1px solid var(--ink);
  color: var(--soft); font-size: .8rem; }
@media (max-width: 40rem) { .sign { grid-template-columns: 1fr; } td.must { width: auto; } }
@media print {
  h3 { break-after: avoid; }
  dl, .about, .exposed { break-after: avoid; }
  .room, .levels { break-inside: avoid; }
  .fill td { height: 11mm; }
}
)";

}  // namespace rolecall::inline v0_1::cli

#endif
