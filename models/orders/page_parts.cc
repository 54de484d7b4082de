#include "models/orders/page_parts.h"

namespace wyn::models {

const char* const page_style = R"css(
:root { --ground: #fbfbfa; --card: #fff; --ink: #1c1d20; --faint: #6b6f76; --line: #dcdddf;
  --killed: #1a7f4b; --killed-ground: #e7f5ec; --kept: #a05a00; --kept-ground: #fdf1dd;
  --weakest: #7a7f87; --weakest-ground: transparent; --mark: #fff3b0;
  --acquire: #1f6feb; --release: #8250df; --acq_rel: #4b3fc4; --seq_cst: #c1272d;
  --light: #0f8b8d; --heavy: #0b5f61; --relaxed: #8b9099; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14161a; --card: #1b1e23; --ink: #e4e6ea; --faint: #9aa0a8; --line: #33373e;
    --killed: #5fd08f; --killed-ground: #16301f; --kept: #f0b458; --kept-ground: #35270f;
    --weakest: #80868f; --mark: #5c4a00; --acquire: #6cb2ff; --release: #c297ff;
    --acq_rel: #9d93ff; --seq_cst: #ff7b80; --light: #5ed0d2; --heavy: #35b0b3;
    --relaxed: #80868f; }
}
* { box-sizing: border-box; }
body { background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif;
  margin: 0 auto; max-width: 84rem; padding: 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 0; }
p { margin: .4rem 0; max-width: 62rem; }
a { color: inherit; text-decoration-color: var(--faint); }
code, .row, .order, .answers { font-family: ui-monospace, monospace; font-size: .92em; }
.faint { color: var(--faint); }
.sums { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1rem 0; }
.sum { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  padding: .5rem 1rem; }
.sum b { display: block; font-size: 1.6rem; line-height: 1.2; }
.killed-ink { color: var(--killed); } .kept-ink { color: var(--kept); }
.controls { background: var(--ground); border-bottom: 1px solid var(--line); display: flex;
  flex-wrap: wrap; gap: .4rem 1rem; padding: .6rem 0; position: sticky; top: 0; z-index: 1; }
.controls input[type=search] { background: var(--card); border: 1px solid var(--line);
  border-radius: .3rem; color: inherit; font: inherit; padding: .15rem .5rem; width: 16rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  margin: 1.2rem 0; overflow-x: auto; padding: 1rem; }
.bar { border-radius: .25rem; display: flex; height: .5rem; margin: .5rem 0; max-width: 62rem;
  overflow: hidden; }
.bar .killed { background: var(--killed); } .bar .kept { background: var(--kept); }
.bar .weakest { background: var(--line); }
table { border-collapse: collapse; margin-top: .6rem; width: 100%; }
th { color: var(--faint); font-weight: 600; text-align: left; }
td, th { border-top: 1px solid var(--line); padding: .35rem .6rem; vertical-align: top; }
tr.killed > td:first-child { border-left: .3rem solid var(--killed); }
tr.kept > td:first-child { border-left: .3rem solid var(--kept); }
tr.weakest > td:first-child { border-left: .3rem solid var(--line); }
tr.killed { background: var(--killed-ground); } tr.kept { background: var(--kept-ground); }
section, tr { scroll-margin-top: 4rem; }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1rem; }
tr:target { outline: 2px solid var(--acquire); outline-offset: -2px; }
tr.away { display: none; }
.row { white-space: nowrap; } .why { min-width: 18rem; } .ends { min-width: 22rem; }
.order { border: 1px solid currentColor; border-radius: .3rem; padding: 0 .35rem;
  white-space: nowrap; }
.acquire { color: var(--acquire); } .release { color: var(--release); }
.acq_rel { color: var(--acq_rel); } .seq_cst { color: var(--seq_cst); }
.light { color: var(--light); } .heavy { color: var(--heavy); }
.relaxed, .none { color: var(--relaxed); }
.end + .end { border-top: 1px dashed var(--line); margin-top: .35rem; padding-top: .35rem; }
summary { cursor: pointer; }
.answers { list-style: none; margin: .3rem 0 0; padding: 0; }
.answers .fails { color: var(--killed); } .answers .passes { color: var(--faint); }
@media print { .controls { display: none; } body { max-width: none; } }
)css";

const char* const page_script = R"js(
"use strict";
(() => {
  const rows = [...document.querySelectorAll("tr[data-end]")];
  const search = document.getElementById("search");
  const boxes = [...document.querySelectorAll("input[data-end]")];
  const found = document.getElementById("found");
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(word => word !== "");
    const ends = new Set(boxes.filter(box => box.checked).map(box => box.dataset.end));
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const away = !ends.has(row.dataset.end) || !words.every(word => text.includes(word));
      row.classList.toggle("away", away);
      if (!away) ++count;
    }
    found.textContent = count + " of " + rows.length + " rows";
  };
  search.addEventListener("input", show);
  for (const box of boxes) box.addEventListener("input", show);
  document.getElementById("open").addEventListener("click", () => {
    const all = [...document.querySelectorAll("tr:not(.away) details")];
    const open = all.some(one => !one.open);
    for (const one of all) one.open = open;
  });
  show();
})();
)js";

const char* const page_intro = R"html(
<p>One row for each atomic access of <code>core/</code>. Each order is weakened by one step, at run
time, and every model that makes the access is explored again: all of its executions. Models that
take longer than a second or two are left out (<a href="../models/README.md">models</a>).</p>
<p><b class="killed-ink">Killed</b>: some model fails with the weaker order.
<b class="kept-ink">Kept for hardware</b>: each of these models accepts the weaker order. What the
order prevents RC11 forbids anyhow; ARMv8 and RISC-V do not, and the
<a href="../models/checker/tools/load_buffering.h">load-buffering lint</a> shows a pair of
accesses that could change places, unless one depends on the other, which compilers need not
keep. What the lint is worth is
<a href="../proofs/load_buffering.md">proved on paper</a> for the deques and the join counter's
models; for the other parts' models, too, if compilers keep some branches.
<b class="kept-ink">Kept for the proof</b>: no model shows what the order is for within its bounds,
and a proof for all bounds has a run that goes wrong without it.
<b>Weakest already</b>: there is nothing to weaken.</p>
<p class="faint">So no order is stronger than the models, the lint or a proof can explain. That the
orders are strong enough is what the models say within their bounds and <code>proofs/</code> beyond
them:
<a href="../proofs/README.md">claims and evidence</a>. As text:
<a href="orders.md">orders.md</a>; for programs: <a href="orders.json">orders.json</a>. Written by
<code>bazel run -c opt //models/orders:write_book</code>.</p>
)html";

}  // namespace wyn::models
