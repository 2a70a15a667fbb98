"use strict";
// Makes the page handy: messages whole on demand, a filter, links that unfold where they lead, and commands to copy.
// Whatever comes from outside becomes text, never markup; the page's policy forbids the other way.
(() => {
  const MARKED = /(‹secret:[^‹›]{1,80}›)|((?!\n)[\p{C}\p{Zl}\p{Zp}])/gu; // what text() in visible.py marks
  const TOKEN = /("(?:[^"\\]|\\.)*"?)(:?)|[{}[\],]|[^{}[\],"]+/gs; // of compact JSON
  const DEEPEST = 40; // indentation beyond helps nobody

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  function node(name, className, text = "") {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...marked(text));
    return made;
  }

  // Messages, whole

  function* marked(text) {
    let end = 0;
    for (const { 0: found, 1: secret, index } of text.matchAll(MARKED)) {
      yield text.slice(end, index);
      const mark = document.createElement(secret ? "mark" : "span");
      mark.className = secret ? "secret" : "raw";
      mark.textContent = secret ?? escaped(found);
      yield mark;
      end = index + found.length;
    }
    yield text.slice(end);
  }

  function escaped(character) {
    const code = character.codePointAt(0).toString(16);
    if (code.length <= 2) return `\\x${code.padStart(2, "0")}`;
    return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\U${code.padStart(8, "0")}`;
  }

  // Lays out compact JSON without reading its values, so that each number stays as it was written.
  function* laidOut(json) {
    let depth = 0;
    const line = () => `\n${"  ".repeat(Math.min(depth, DEEPEST))}`;
    for (const { 0: token, 1: string, 2: colon, index } of json.matchAll(TOKEN)) {
      if (string) {
        yield colon ? node("span", "key", string) : node("span", "string", string);
        if (colon) yield ": ";
      } else if (token === "{" || token === "[") {
        depth += 1;
        yield "}]".includes(json[index + 1] ?? "") ? token : token + line();
      } else if (token === "}" || token === "]") {
        depth -= 1;
        yield "{[".includes(json[index - 1]) ? token : line() + token;
      } else if (token === ",") {
        yield token + line();
      } else {
        yield node("span", "word", token);
      }
    }
  }

  function drawn(part) {
    const made = node("div", "part");
    made.append(node("p", "title", part.title));
    for (const [name, value] of Object.entries(part.headers ?? {})) {
      made.append(node("p", "header", `${name}: ${value}`));
    }
    if (part.json !== undefined || part.text !== undefined) {
      const body = node("pre");
      body.tabIndex = 0;
      body.append(...(part.json === undefined ? marked(part.text) : laidOut(part.json)));
      made.append(body);
    }
    if (part.cut) {
      made.append(node("p", "cut", `Cut: ${part.cut.toLocaleString("en")} characters stand in journal.jsonl.`));
    }
    return made;
  }

  let unpacked; // the promise of everything, made when something is first unfolded
  async function unpack() {
    const letters = atob(document.getElementById("bodies").textContent);
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }

  async function fill(box) {
    const number = box.dataset.body;
    delete box.dataset.body;
    try {
      unpacked ??= unpack();
      box.append(...(await unpacked)[number].map(drawn));
    } catch (error) {
      box.append(node("p", "cut", `This browser cannot unpack it (${error}); it stands in journal.jsonl.`));
    }
  }

  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.open && target.dataset.body) fill(target);
    },
    true, // toggle does not bubble
  );

  // The filter

  const form = document.querySelector(".filter");
  const search = form.elements.words;
  const folded = (text) => text.toLowerCase().replaceAll("ё", "е");
  const choices = ["vendor", "group", "level", "evidence"].map((name) => form.elements[name]);
  const cells = new Map(all(".grid a").map((cell) => [cell.hash.slice(1), cell]));
  const behaviours = all(".behaviour").map((box) => ({
    box,
    cell: cells.get(box.id),
    scenarios: all(".scenario", box).map((scenario) => ({ box: scenario })),
  }));

  function read(behaviour) {
    if (behaviour.text !== undefined) return;
    const { box, scenarios } = behaviour;
    behaviour.text = folded([box.querySelector("summary"), ...all(".source", box)].map((each) => each.textContent).join(" "));
    for (const each of scenarios) each.text = behaviour.text + folded(each.box.textContent);
  }

  function filter() {
    const chosen = all("input:checked", form).map((box) => box.value);
    const fitting = ({ dataset }) =>
      (!chosen.length || chosen.includes(dataset.verdict)) &&
      choices.every(({ name, value }) => !value || dataset[name] === value);
    const words = folded(search.value).split(/\s+/).filter(Boolean);
    const within = (text) => words.every((word) => text.includes(word));
    let shown = 0;
    for (const behaviour of behaviours) {
      if (words.length) read(behaviour);
      const whole = !words.length || within(behaviour.text);
      let some = whole;
      for (const scenario of behaviour.scenarios) {
        const fits = whole || within(scenario.text);
        scenario.box.hidden = !fits;
        some ||= fits;
      }
      behaviour.box.hidden = !some || !fitting(behaviour.box);
      behaviour.cell?.classList.toggle("faint", behaviour.box.hidden);
      if (!behaviour.box.hidden) shown += 1;
      if (some && !whole) behaviour.box.open = true; // or what was found would not be seen
    }
    for (const group of [...all(".group"), ...all(".side:not(.notes)")]) {
      group.hidden = !group.querySelector(".behaviour:not([hidden])");
    }
    document.getElementById("nothing").hidden = shown > 0 || !behaviours.length;
    const total = behaviours.length;
    form.querySelector("output").textContent =
      shown === total ? `${total} behaviour${total === 1 ? "" : "s"}` : `${shown} of ${total} behaviours`;
  }

  function unfold(open) {
    document.documentElement.classList.toggle("many", open);
    for (const box of all(".behaviour:not([hidden]), .scenario:not([hidden])")) box.open = open;
  }

  // The address keeps what is chosen, so that it can be sent; a place on the page has no sign of equality.

  function keep() {
    const kept = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", `#${kept}`);
  }

  function recall(kept) {
    form.reset();
    for (const [name, value] of new URLSearchParams(kept)) {
      const field = form.elements[name];
      if (name === "verdict") for (const box of all("input[name=verdict]", form)) box.checked ||= box.value === value;
      else if (field?.matches?.("input, select")) field.value = value;
    }
    filter();
  }

  form.addEventListener("input", () => {
    filter();
    keep();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.elements.all.addEventListener("click", () => {
    form.reset();
    filter();
    keep();
  });
  form.elements.unfold.addEventListener("click", () => unfold(true));
  form.elements.fold.addEventListener("click", () => unfold(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && event.target !== search) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && event.target === search) {
      search.value = "";
      filter();
      keep();
    }
  });

  // Links

  function reveal() {
    let name;
    const place = location.hash.slice(1);
    if (place.includes("=")) {
      recall(place);
      return;
    }
    try {
      name = decodeURIComponent(place);
    } catch {
      return;
    }
    const target = name && document.getElementById(name);
    if (!target) return;
    if (target.closest("[hidden]")) {
      form.reset();
      filter();
    }
    for (let box = target; box; box = box.parentElement) if (box.matches("details")) box.open = true;
    if (target.matches("li")) for (const message of all("details", target)) message.open = true;
    target.scrollIntoView();
  }

  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", ({ target }) => {
    if (target.closest("a")?.hash === location.hash && location.hash) reveal(); // the same place once more
  });

  // Commands

  for (const command of navigator.clipboard ? all(".command") : []) {
    const button = node("button", "copy", "Copy");
    button.type = "button";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(command.textContent);
      button.textContent = "Copied";
    });
    button.addEventListener("blur", () => (button.textContent = "Copy"));
    command.after(" ", button);
  }

  document.documentElement.classList.remove("plain");
  form.hidden = false;
  new ResizeObserver(() => {
    const height = getComputedStyle(form).position === "sticky" ? form.offsetHeight : 0;
    document.documentElement.style.setProperty("--bar", `${height}px`);
  }).observe(form);
  filter();
  reveal();
})();
