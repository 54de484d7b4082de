#include "models/checker/report/html_parts.h"

namespace wyn::model {

const char* const page_style = R"css(
:root { --ground: #fff; --ink: #111; --faint: #666; --line: #ccc; --mark: #ffe08a; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181c; --ink: #e6e6e6; --faint: #999; --line: #444; --mark: #5c4a00; }
}
body { background: var(--ground); color: var(--ink); font: 14px/1.4 system-ui, sans-serif;
  margin: 1.5em; }
h1 { font-size: 1.2em; } h2 { font-size: 1em; margin: 1em 0 .3em; }
main { display: flex; gap: 1.5em; align-items: flex-start; }
.picture { overflow: auto; flex: 1 1 auto; max-height: 85vh; }
aside { flex: 0 0 22em; position: sticky; top: 1em; }
table { border-collapse: collapse; font-family: monospace; }
td, th { border: 1px solid var(--line); padding: .15em .5em; text-align: left; }
.changed { background: var(--mark); font-weight: bold; }
.toggle { margin-left: 1em; } #slider { width: 20em; vertical-align: middle; }
.faint { color: var(--faint); } pre { overflow: auto; }
a { color: inherit; }
.execution .later { opacity: .2; }
.execution .here rect { stroke-width: 3; }
.execution .hidden { display: none; }
.execution .step { cursor: pointer; }
@media print {
  .controls, aside, details { display: none; }
  .picture { max-height: none; overflow: visible; }
  .execution .later { opacity: 1; }
}
)css";

const char* const page_script = R"js(
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const excerpts = JSON.parse(document.getElementById("excerpts").textContent);
  const slider = document.getElementById("slider");
  const steps = data.events;
  const boxes = new Map();
  for (const box of document.querySelectorAll(".execution .step")) {
    boxes.set(Number(box.dataset.n), box);
  }
  const edges = [...document.querySelectorAll(".execution [data-from]")];
  const hidden = new Set();

  // The newest write, in modification order, of those that have happened.
  const values = now => data.set_up.map(place => {
    let newest = { n: 0, val: place.val };
    for (const n of place.writes) {
      if (n <= now) newest = { n, val: steps[n - 1].new };
    }
    return { loc: place.loc, n: newest.n, val: newest.val };
  });

  const cell = (kind, text, name) => {
    const element = document.createElement(kind);
    element.textContent = text;
    if (name) element.className = name;
    return element;
  };

  const showValues = now => {
    const table = document.getElementById("values");
    table.replaceChildren();
    const before = values(Math.max(0, now - 1));
    values(now).forEach((place, i) => {
      const row = document.createElement("tr");
      const changed = now > 0 && place.n !== before[i].n;
      row.append(cell("th", place.loc), cell("td", place.val, changed ? "changed" : ""),
                 cell("td", place.n === 0 ? "set-up" : "#" + place.n, "faint"));
      table.append(row);
    });
  };

  const showStep = n => {
    const panel = document.getElementById("step");
    panel.replaceChildren();
    if (n < 1) {
      panel.append(cell("p", "after set-up", "faint"));
      return;
    }
    const step = steps[n - 1];
    const table = document.createElement("table");
    const add = (name, text) => {
      if (text === undefined || text === "") return;
      const row = document.createElement("tr");
      row.append(cell("th", name), cell("td", text));
      table.append(row);
    };
    add("step", "#" + n + " of thread " + step.t);
    add("site", step.site);
    add("source", step.src);
    add("operation", step.op);
    add("order", step.order);
    add("order in the table", step.table_order);
    add("location", step.loc);
    add("reads", step.val);
    add("from", step.rf === undefined ? "" : step.rf === 0 ? "set-up" : "#" + step.rf);
    add("misses", (step.missed || []).map(m => "#" + m).join(", "));
    add("writes", step.new);
    add("place in mo", step.mo);
    add("note", step.note);
    for (const edge of data.edges) {
      if (edge.from === n) add(edge.kind + " to", "#" + edge.to);
      if (edge.to === n) add(edge.kind + " from", "#" + edge.from);
    }
    panel.append(table);
    showSource(panel, step.src);
  };

  const showSource = (panel, src) => {
    const excerpt = excerpts[src];
    if (excerpt === undefined) return;
    const here = Number(src.slice(src.lastIndexOf(":") + 1));
    const text = document.createElement("pre");
    excerpt.lines.forEach((line, i) => {
      const n = excerpt.first + i;
      text.append(cell("span", String(n).padStart(4) + "  " + line + "\n",
                       n === here ? "changed" : ""));
    });
    panel.append(text);
  };

  const show = now => {
    now = Math.min(steps.length, Math.max(0, now));
    slider.value = now;
    document.getElementById("now").textContent = now + " of " + steps.length;
    for (const [n, box] of boxes) {
      box.classList.toggle("later", n > now);
      box.classList.toggle("here", n === now);
    }
    for (const edge of edges) {
      const last = Math.max(Number(edge.dataset.from), Number(edge.dataset.to));
      edge.classList.toggle("later", last > now);
      edge.classList.toggle("hidden", [...hidden].some(r => edge.classList.contains(r)));
    }
    showValues(now);
    showStep(now);
  };

  slider.addEventListener("input", () => show(Number(slider.value)));
  document.addEventListener("keydown", event => {
    if (event.target === slider) return;
    const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    show(Number(slider.value) + way);
  });
  document.addEventListener("click", event => {
    const target = event.target.closest("[data-step], [data-go], .step");
    if (target === null) return;
    event.preventDefault();
    if (target.dataset.step) show(Number(slider.value) + Number(target.dataset.step));
    else show(Number(target.dataset.go || target.dataset.n));
  });
  for (const [n, box] of boxes) box.addEventListener("mouseenter", () => showStep(n));
  for (const box of document.querySelectorAll("[data-relation]")) {
    const update = () => {
      if (box.checked) hidden.delete(box.dataset.relation);
      else hidden.add(box.dataset.relation);
      show(Number(slider.value));
    };
    box.addEventListener("change", update);
    update();
  }
  show(steps.length);
})();
)js";

}  // namespace wyn::model
