"use strict";
// Text of a trace only ever becomes a text node: see `make`.
(async () => {
  const at = (id) => document.getElementById(id);
  const { chunk: CHUNK, symbols } = JSON.parse(at("settings").textContent);
  const GRAVITY = ["refuted", "unsupported", "jump", "undecided", "verified", "unverifiable"];
  const FAULTS = GRAVITY.slice(0, 3);
  const PAGE = 200;
  const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
  const safe = (text) => text.replace(INVISIBLE, "\ufffd");

  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
    for (const child of children) node.append(child instanceof Node ? child : safe(String(child)));
    return node;
  }

  async function unpack(id) {
    const bytes = Uint8Array.from(atob(at(id).textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }

  const chunks = new Map();
  const rows = await unpack("rows");
  rows.forEach((row, n) => { row.n = n; row.search = (row.id + " " + row.excerpt).toLowerCase(); });
  const byLink = new Map(rows.map((row) => [row.link, row]));

  // ---- the table
  const filters = at("filters");
  const body = at("traces").tBodies[0];
  let sort = { key: "n", way: 1 };
  let found = rows, shown = 0;
  for (const domain of [...new Set(rows.map((row) => row.domain))].filter(Boolean).sort())
    filters.domain.append(make("option", { value: domain }, domain));

  const weigh = {
    n: (row) => row.n, id: (row) => row.id, reliability: (row) => row.reliability,
    outcome: (row) => (row.outcome === null ? -1 : row.outcome),
    first: (row) => (row.first === null ? Infinity : row.first),
    faults: (row) => row.faults.reduce((a, b) => a + b),
  };

  function hasFault(row, wanted) {
    if (wanted === "") return true;
    if (wanted === "error") return row.first !== null;
    if (wanted === "sound") return !row.note && row.faults.every((n) => n === 0);
    return row.faults[FAULTS.indexOf(wanted)] > 0;
  }

  function refresh() {
    const text = filters.text.value.trim().toLowerCase();
    const outcome = filters.outcome.value, domain = filters.domain.value, value = weigh[sort.key];
    found = rows.filter((row) => hasFault(row, filters.fault.value)
      && (!outcome || String(row.outcome) === outcome) && (!domain || row.domain === domain) && row.search.includes(text));
    found.sort((a, b) => {
      const x = value(a), y = value(b);
      return (x < y ? -1 : x > y ? 1 : 0) * sort.way || a.n - b.n;
    });
    body.replaceChildren();
    shown = 0;
    at("matching").textContent = `${found.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
    more();
  }

  function more() {
    body.append(...found.slice(shown, shown + PAGE).map(line));
    shown = Math.min(found.length, shown + PAGE);
    at("rest").hidden = shown === found.length;
  }

  function badge(status, ...words) {
    return make("span", { class: `badge s-${status}` }, symbols[status] + " ", ...words);
  }

  function line(row) {
    const faults = make("td");
    row.faults.forEach((n, i) => { if (n) faults.append(badge(FAULTS[i], `${n} `)); });
    return make("tr", {},
      make("td", {}, make("a", { href: `#t-${row.link}` }, row.id || "(no id)")),
      make("td", {}, row.outcome === null ? "" : row.outcome ? "right" : "wrong"),
      make("td", {}, row.first === null ? (row.note ? "given up" : "–") : `step ${row.first} of ${row.steps}`),
      faults, make("td", {}, row.reliability.toFixed(2)), make("td", { dir: "auto" }, make("p", {}, row.excerpt)));
  }

  filters.addEventListener("input", refresh);
  filters.addEventListener("submit", (event) => event.preventDefault());
  at("rest").addEventListener("click", more);
  for (const tile of document.querySelectorAll("[data-fault]"))
    tile.addEventListener("click", () => {
      filters.fault.value = tile.dataset.fault;
      refresh();
      filters.scrollIntoView();
    });
  for (const button of document.querySelectorAll("[data-sort]"))
    button.addEventListener("click", () => {
      const key = button.dataset.sort;
      sort = { key, way: sort.key === key ? -sort.way : 1 };
      for (const th of document.querySelectorAll("#traces th")) th.removeAttribute("aria-sort");
      button.parentNode.setAttribute("aria-sort", sort.way > 0 ? "ascending" : "descending");
      refresh();
    });

  // ---- one trace
  const worst = (claims) => claims.reduce((a, b) =>
    GRAVITY.indexOf(b.status) < GRAVITY.indexOf(a.status) ? b : a);

  function about(claim) {
    const evidence = claim.evidence || { message: "", premises: [] };
    const out = make("div", {},
      make("p", {}, badge(claim.status, claim.status, claim.fault ? `: ${claim.fault}` : ""), "  ", make("q", {}, claim.statement)));
    if (evidence.message) out.append(make("p", { class: "why" }, evidence.message));
    if (evidence.expected) out.append(make("p", {}, "expected ", evidence.expected));
    const values = Object.entries(evidence.counterexample || {}).map(([k, v]) => `${k} = ${v}`);
    if (!values.every((value) => evidence.message.includes(value))) out.append(make("p", {}, "for example at ", values.join(", ")));
    if (evidence.premises.length) out.append(make("p", {}, "given ", evidence.premises.join("; ")));
    const by = [claim.kind, `by ${claim.checked_by}`, claim.strength].filter(Boolean).join(" · ");
    out.append(make("p", { class: "by" }, by));
    return out;
  }

  // ---- mathematics
  const MATHS = /\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)|\$\$([\s\S]+?)\$\$|\\begin\{(align|gather|equation)(\*?)\}[\s\S]+?\\end\{\4\5\}|(?<![\\$])\$(?!\s)((?:\\.|[^$\\\n])+?)(?<!\s)\$(?!\d)/g;
  const PROSE = /(?<![A-Za-z\\])[A-Za-z]{3,}\s+[A-Za-z]{2,}/;
  const LONGEST = 2000;
  let rendered = typeof katex !== "undefined";

  // Where mathematics stands in a text, by UTF-16 units: between two prices there is none.
  function formulas(text) {
    if (!rendered) return [];
    return Array.from(text.matchAll(MATHS), (m) => ({
      from: m.index, to: m.index + m[0].length, display: m[2] === undefined && m[6] === undefined,
      tex: m[1] ?? m[2] ?? m[3] ?? m[6] ?? m[0],
    })).filter((f) => f.tex.length <= LONGEST
      && (text[f.from] !== "$" || !PROSE.test(f.tex.replace(/\\[A-Za-z]+(\{[^{}]*\})?/g, ""))));
  }

  // What KaTeX makes of a formula; as it was written, where it cannot read it.
  function formula(text, found) {
    const out = make("span", { class: found.display ? "display" : "inline" });
    try {
      katex.render(safe(found.tex), out, {
        displayMode: found.display, trust: false, strict: "ignore", maxExpand: 200, maxSize: 20,
      });
    } catch (error) {
      out.replaceChildren(safe(text.slice(found.from, found.to)));
    }
    return out;
  }

  function typeset(text) {
    const out = [];
    let at = 0;
    for (const found of formulas(text)) {
      out.push(safe(text.slice(at, found.from)), formula(text, found));
      at = found.to;
    }
    return [...out, safe(text.slice(at))];
  }

  // Spans count code points, and strings of this language UTF-16 units.
  function marked(step) {
    const text = step.text, start = step.span[0], unit = [0];
    for (const letter of text) unit.push(unit[unit.length - 1] + letter.length);
    const place = (offset) => unit[Math.min(unit.length - 1, Math.max(0, offset - start))];
    const maths = formulas(text);
    const places = step.claims.filter((c) => c.kind !== "step" && c.status !== "unverifiable")
      .map((claim) => ({ claim, from: place(claim.span[0]), to: place(claim.span[1]) }))
      .filter((p) => p.from < p.to);
    // a number that has its source is not marked again within what is said of it
    const sourced = ({ claim }) => claim.kind === "quantity" && claim.status === "verified";
    const within = (p) => places.some((q) => !sourced(q) && q.from <= p.from && p.to <= q.to);
    // a formula is marked as a whole
    for (const p of places)
      for (const f of maths)
        if (p.from < f.to && f.from < p.to) { p.from = Math.min(p.from, f.from); p.to = Math.max(p.to, f.to); }
    const drawn = places.filter((p) => !sourced(p) || !within(p));
    const ends = [...drawn, ...maths].flatMap((p) => [p.from, p.to]);
    const cuts = [...new Set([0, text.length, ...ends])].sort((a, b) => a - b);
    const said = make("div", { class: "said", dir: "auto" });
    for (let i = 0; i + 1 < cuts.length; i++) {
      const [from, to] = [cuts[i], cuts[i + 1]];
      const found = maths.find((f) => f.from === from && f.to === to);
      const inside = found ? formula(text, found) : safe(text.slice(from, to));
      const over = drawn.filter((p) => p.from <= from && to <= p.to);
      if (!over.length) { said.append(inside); continue; }
      const claim = worst(over.map((p) => p.claim));
      const claims = places.filter((p) => p.from < to && from < p.to).map((p) => p.claim);
      const mark = make("mark", { class: `s-${claim.status}${found && found.display ? " block" : ""}`, tabindex: "0", "aria-describedby": "tip" }, inside);
      if (over.find((p) => p.claim === claim).to === to)
        mark.append(make("sup", { title: claim.status }, symbols[claim.status]));
      for (const event of ["mouseenter", "focus"]) mark.addEventListener(event, () => showTip(mark, claim, claims));
      for (const event of ["mouseleave", "blur"]) mark.addEventListener(event, hideTip);
      said.append(mark);
    }
    return said;
  }

  const MOST = 4;
  function showTip(mark, claim, claims) {
    const tip = at("tip"), box = mark.getBoundingClientRect();
    tip.className = `s-${claim.status}`;
    const others = claims.filter((other) => other !== claim);
    tip.replaceChildren(...[claim, ...others].slice(0, MOST).map(about));
    if (claims.length > MOST) tip.append(make("p", { class: "by" }, `and ${claims.length - MOST} more`));
    tip.hidden = false;
    tip.style.left = `${scrollX + Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${scrollY + box.bottom + 6}px`;
  }
  function hideTip() { at("tip").hidden = true; }

  function stepOf(step, report) {
    const faulty = FAULTS.includes(step.status), first = step.index === report.first_error;
    const out = make("section", { class: `step s-${step.status}${faulty ? " fault" : ""}${first ? " first" : ""}`,
      id: `step-${step.index}`, tabindex: "-1" });
    const title = make("h3", {}, make("span", {}, `Step ${step.index}`));
    if (step.status !== "unverifiable") title.append(badge(step.status, step.status));
    if (first) title.append(make("span", { class: "badge" }, "first error"));
    out.append(title, marked(step));
    const faults = step.claims.filter((c) => FAULTS.includes(c.status));
    if (faults.length) out.append(make("ul", { class: "claims" }, ...faults.map((c) => make("li", {}, about(c)))));
    return out;
  }

  // The claims behind the answer, one a line, with an arc from each to those that use it.
  const LINE = 28, ARCS = 96;
  function restsOn(report) {
    const { claims, uses } = report.slice;
    if (claims.length < 2) return "";
    const space = "http://www.w3.org/2000/svg";
    const arcs = document.createElementNS(space, "svg");
    for (const [name, value] of Object.entries({ width: ARCS, height: LINE * claims.length, "aria-hidden": "true" }))
      arcs.setAttribute(name, value);
    uses.forEach((used, to) => used.forEach((from) => {
      const arc = document.createElementNS(space, "path"), [y, z] = [from, to].map((n) => LINE * (n + 0.5));
      const x = ARCS - 4, bend = x - Math.min(x - 4, 14 + 7 * (to - from));
      arc.setAttribute("d", `M${x} ${y} C${bend} ${y} ${bend} ${z} ${x} ${z}`);
      arc.setAttribute("class", `s-${claims[to][2]}`);
      arcs.append(arc);
    }));
    const lines = claims.map(([step, statement, status], n) => {
      const bare = { from: 0, to: statement.length, tex: statement, display: false };
      const link = make("button", { type: "button" }, symbols[status] + " ",
        rendered && /[\\^_]/.test(statement) ? formula(statement, bare) : statement);
      link.addEventListener("click", () => visit(at(`step-${step}`)));
      const from = uses[n].length ? `, from ${uses[n].map((i) => i + 1).join(", ")}` : "";
      return make("li", { class: `s-${status}` }, link, make("span", { class: "by" }, ` step ${step}${from}`));
    });
    return make("details", { class: "slice" },
      make("summary", {}, `What the answer rests on: ${claims.length} claims`),
      make("div", {}, arcs, make("ol", {}, ...lines)));
  }

  function facts(row, report) {
    const decided = report.steps.filter((s) => s.claims.some((c) => c.status === "verified" || c.status === "refuted"));
    const told = [row.domain, row.outcome === null ? "" : `answer ${row.outcome ? "right" : "wrong"}`,
      `reliability ${report.reliability.toFixed(2)} (of the claims nearest the answer)`, `${decided.length} of ${report.steps.length} steps verified or refuted`];
    return make("p", { class: "facts" }, told.filter(Boolean).join(" · "));
  }

  // What is wrong first, with its evidence, before anything else is read.
  function verdict(report) {
    const first = report.first_error === null ? null : report.steps[report.first_error];
    if (!first) return make("div", { class: "verdict" }, make("strong", {},
      report.note ? `Given up: ${report.note}` : `No error found (profile ${report.profile}).`));
    const button = make("button", { type: "button", class: "jumpto" }, "Go to it");
    button.addEventListener("click", () => visit(at(`step-${first.index}`)));
    return make("div", { class: `verdict s-${first.status}` },
      make("p", {}, make("strong", {}, `First error in step ${first.index}`), ` (profile ${report.profile}) `, button),
      about(worst(first.claims)));
  }

  // All steps at a glance, each a way to it.
  function strip(report) {
    return make("nav", { class: "strip", "aria-label": "Steps" }, ...report.steps.map((step) => {
      const square = make("button", { type: "button", class: `s-${step.status}`, title: `Step ${step.index}: ${step.status}` },
        `${step.index}`, make("span", {}, symbols[step.status]));
      square.addEventListener("click", () => visit(at(`step-${step.index}`)));
      return square;
    }));
  }

  function aside(label, by) {
    const here = found.findIndex((row) => location.hash === `#t-${row.link}`), row = found[here + by];
    return here >= 0 && row ? make("a", { href: `#t-${row.link}` }, label) : "";
  }

  async function show(row) {
    const n = Math.floor(row.n / CHUNK);
    if (!chunks.has(n)) chunks.set(n, unpack(`chunk${n}`));
    const report = (await chunks.get(n))[row.n % CHUNK];
    if (location.hash !== `#t-${row.link}`) return;
    const view = at("trace");
    view.replaceChildren(
      make("nav", { "aria-label": "Traces" }, make("a", { href: "#" }, "← all traces"), aside("‹ previous", -1), aside("next ›", 1)),
      make("h2", { tabindex: "-1" }, report.id || "(no id)"), facts(row, report),
      make("div", { class: "problem", dir: "auto" }, ...typeset(report.problem)),
      verdict(report), strip(report), restsOn(report),
      ...report.steps.map((step) => stepOf(step, report)),
      make("p", { class: "hint" }, "Keys: n next fault · j k next and previous trace · Esc back",
        typeof katex === "undefined" ? "" : " · m mathematics or its source"));
    at("list").hidden = true;
    view.hidden = false;
    scrollTo(0, 0);
    view.querySelector("h2").focus({ preventScroll: true });
  }

  function visit(step) {
    step.scrollIntoView({ block: "center" });
    step.focus({ preventScroll: true });
  }

  function route() {
    hideTip();
    const row = byLink.get(location.hash.slice(3));
    if (location.hash.startsWith("#t-") && row) { show(row); return; }
    at("trace").hidden = true;
    at("trace").replaceChildren();
    at("list").hidden = false;
  }

  // ---- keys
  function beside(by) {
    const here = found.findIndex((row) => location.hash === `#t-${row.link}`);
    const next = found[here + by];
    if (here >= 0 && next) location.hash = `#t-${next.link}`;
  }

  function moveInTable(by) {
    const links = [...body.querySelectorAll("a")], here = links.indexOf(document.activeElement);
    const link = links[Math.max(0, Math.min(links.length - 1, here + by))];
    if (link) link.focus();
  }

  function nextFault() {
    const faults = [...document.querySelectorAll(".step.fault")];
    const here = faults.indexOf(document.activeElement.closest(".step"));
    if (faults.length) visit(faults[(here + 1) % faults.length]);
  }

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, select")) { if (event.key === "Escape") event.target.blur(); return; }
    const inTrace = !at("trace").hidden;
    if (event.key === "j") inTrace ? beside(1) : moveInTable(1);
    else if (event.key === "k") inTrace ? beside(-1) : moveInTable(-1);
    else if (event.key === "n" && inTrace) nextFault();
    else if (event.key === "m" && inTrace && typeof katex !== "undefined") { rendered = !rendered; route(); }
    else if (event.key === "Escape" && inTrace) location.hash = "";
    else if (event.key === "/" && !inTrace) { event.preventDefault(); filters.text.focus(); }
  });

  addEventListener("hashchange", route);
  refresh();
  route();
  document.documentElement.dataset.ready = "yes";
})();
