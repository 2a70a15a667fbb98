"use strict";
// Draws a scenario's sequence diagram when it is first unfolded: the list of what happened is laid out in lanes, and
// stays the list that is read aloud.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // The lines of the grid: the first column is for instants, and a lane has two, left and right of its middle.
  const start = (lane) => 2 + 2 * lane;
  const middle = (lane) => 3 + 2 * lane;

  function lay(row, first, last) {
    row.style.setProperty("--first", first);
    row.style.setProperty("--last", last);
  }

  function place(row, lanes) {
    const name = row.querySelector("b");
    const who = name?.textContent ?? "";
    const [from, to] = who.split(" → ").map((party) => lanes.indexOf(party.split(" ", 1)[0]));
    const lane = row.matches(".asked") ? -1 : (to ?? from);
    if (from >= 0 && to >= 0 && from !== to) {
      row.classList.add("arrow");
      row.classList.toggle("back", from > to);
      lay(row, middle(Math.min(from, to)), middle(Math.max(from, to)));
    } else if (lane >= 0) {
      row.classList.add("note");
      row.classList.toggle("outer", lane === 0);
      row.classList.toggle("inner", lane === lanes.length - 1);
      lay(row, Math.max(start(lane) - 1, start(0)), Math.min(start(lane) + 3, start(lanes.length)));
    } else {
      row.classList.add("band");
      lay(row, start(0), start(lanes.length));
    }
    name?.classList.toggle("heard", row.matches(".arrow") || who === lanes[lane]);
  }

  function heads(lanes) {
    const made = document.createElement("div");
    made.className = "lanes";
    made.ariaHidden = "true"; // each line says whose it is
    for (const [index, lane] of lanes.entries()) {
      const head = document.createElement("span");
      head.textContent = lane;
      lay(head, start(index), start(index + 1));
      made.append(head);
    }
    return made;
  }

  function draw(scenario) {
    const steps = scenario.querySelector(".steps[data-lanes]");
    if (!steps) return;
    const lanes = steps.dataset.lanes.split(" ");
    delete steps.dataset.lanes;
    const box = document.createElement("div");
    box.className = "diagram";
    box.style.setProperty("--lanes", lanes.length);
    box.style.setProperty("--halves", 2 * lanes.length);
    for (const row of all(".moments > li:not(.gap)", steps)) place(row, lanes);
    steps.replaceWith(box);
    box.append(heads(lanes), steps);
  }

  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.open && target.matches(".scenario")) draw(target);
    },
    true, // toggle does not bubble
  );
  for (const scenario of all(".scenario[open]")) draw(scenario);
})();
