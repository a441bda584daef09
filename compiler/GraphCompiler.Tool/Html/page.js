"use strict";
const D = JSON.parse(document.getElementById("data").textContent);
const LETTER = ["f", "b", "u"], WORD = ["forward", "backward", "update"];
const NS = "http://www.w3.org/2000/svg";
const $ = id => document.getElementById(id);

// All text from the graph gets into the page as text nodes and never as markup.
function el(tag, props, ...children) {
  const e = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (key === "class") e.className = value;
    else if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (key === "style") Object.assign(e.style, value);
    else e[key] = value;
  }
  for (const child of children.flat()) if (child !== null && child !== undefined && child !== "") e.append(child);
  return e;
}
function svg(tag, attributes, ...children) {
  const e = document.createElementNS(NS, tag);
  for (const [key, value] of Object.entries(attributes || {})) e.setAttribute(key, value);
  for (const child of children.flat()) if (child) e.append(child);
  return e;
}

const number = v => v.toLocaleString("en-US");
const digits = v => v >= 100 ? Math.round(v).toLocaleString("en-US") : v >= 10 ? v.toFixed(1).replace(/\.0$/, "") : +v.toFixed(2) + "";
function scale(v, step, units) { let u = 0; while (v >= step && u < units.length - 1) { v /= step; u++; } return `${digits(v)} ${units[u]}`; }
const bytes = v => scale(v, 1024, ["B", "KiB", "MiB", "GiB", "TiB"]);
const flops = v => scale(v, 1000, ["flop", "kflop", "Mflop", "Gflop", "Tflop"]);
const time = v => scale(v, 1000, ["ns", "µs", "ms", "s"]);
const percent = v => `${(100 * v).toFixed(1)} %`;
const cut = (text, n) => { const chars = [...text]; return chars.length <= n ? text : chars.slice(0, n - 1).join("") + "…"; };

// ---------------------------------------------------------------- state
const state = { view: "graph", selected: null, folded: new Set(), shown: new Set([0, 1, 2]), constants: false, colour: "direction", hits: [], hit: -1, x: 0, y: 0, k: 1, isFitted: false };
const nodes = D.nodes;
const readers = nodes.map(() => []);
for (const node of nodes) for (const [input] of node.in) readers[input].push(node.id);
const madeFor = nodes.map(() => []);
for (const node of nodes) if (node.g && node.g.n !== null) madeFor[node.g.n].push(node.id);
const isConstant = node => node.form === "inline" && node.in.length === 0;
const shortName = node => node.ns.length ? node.n.slice(node.n.lastIndexOf("/") + 1) || node.n : node.op;
const slowest = D.profile ? D.profile.kernels.reduce((most, k) => Math.max(most, k.ns), 0) : 1;
let drawing = null, elements = new Map();

// ---------------------------------------------------------------- graph
const widthOf = text => [...text].length * 7.1 + 22;
function layoutNodes() {
  return nodes.filter(n => state.shown.has(n.d) && (state.constants || !isConstant(n))).map(n => ({
    id: n.id, lane: n.d, scope: n.s, h: 38, w: Math.min(210, Math.max(76, widthOf(cut(shortName(n), 26)), widthOf(cut(n.t, 30)) * .84)),
    inputs: n.in.map(([i]) => i), mate: n.g ? n.g.n : null,
  }));
}

function draw() {
  drawing = Layout.run(layoutNodes(), state.folded);
  elements = new Map();
  const boxes = svg("g"), marks = svg("g"), base = svg("g", { class: "base" }), top = svg("g", { id: "overlay" });
  for (const item of drawing.shown.filter(i => !i.node).sort((a, b) => b.h * b.w - a.h * a.w)) boxes.append(drawBox(item));
  for (const item of drawing.shown.filter(i => i.node)) marks.append(drawNode(item));
  drawEdges(base);
  for (const lane of drawing.lanes) {
    const label = svg("text", { class: `lane ${LETTER[lane.lane]}`, x: lane.x + lane.w / 2, y: drawing.bounds.y - 26, "text-anchor": "middle" });
    label.textContent = WORD[lane.lane];
    top.append(label);
  }
  $("world").replaceChildren(boxes, base, marks, top);
  paint();
}

function drawBox(item) {
  const c = `box ${LETTER[item.box.lane]}${item.isFolded ? " folded" : ""}`, x = item.ax - item.w / 2, y = item.ay - item.h / 2;
  const label = svg("text", { x: x + 10, y: y + (item.isFolded ? 25 : 18) });
  label.textContent = `${item.isFolded ? "▸" : "▾"} ${cut(item.box.name, 34)}  ${item.isFolded ? `(${item.count})` : ""}`;
  const title = svg("g", { class: "title" }, svg("rect", { x, y, width: item.w, height: item.isFolded ? item.h : 26 }), label);
  title.addEventListener("click", () => toggle(item.box.key));
  const group = svg("g", { class: c, "data-box": item.box.key }, svg("rect", { x, y, width: item.w, height: item.h }), title);
  elements.set(item.key, group);
  return group;
}

function drawNode(item) {
  const node = nodes[item.node.id];
  const name = svg("text", { class: "name", x: item.ax, y: item.ay - 3, "text-anchor": "middle" });
  name.textContent = cut(shortName(node), 26);
  const type = svg("text", { class: "type", x: item.ax, y: item.ay + 12, "text-anchor": "middle" });
  type.textContent = cut(node.t, 30);
  const flags = `${node.form === "memory" ? " leaf" : ""}${node.out.length ? " out" : ""}`;
  const rect = svg("rect", { x: item.ax - item.w / 2, y: item.ay - item.h / 2, width: item.w, height: item.h });
  const tip = svg("title");
  tip.textContent = node.f;
  const group = svg("g", { class: `node ${LETTER[node.d]}${flags}`, "data-node": node.id }, rect, name, type, tip);
  group.addEventListener("click", () => { if (!moved) select({ node: node.id }); });
  elements.set(item.key, group);
  return group;
}

// From one item to another, along the way that was kept free for it.
function curve(edge) {
  const a = drawing.items.get(edge.from), b = drawing.items.get(edge.to), [la, lb] = edge.lanes;
  if (la !== lb) {
    const s = b.ax >= a.ax ? 1 : -1, x1 = a.ax + s * a.w / 2, x2 = b.ax - s * b.w / 2, bend = Math.max(40, Math.abs(x2 - x1) * .45);
    return { d: `M${x1} ${a.ay}C${x1 + s * bend} ${a.ay} ${x2 - s * bend} ${b.ay} ${x2} ${b.ay}`, x: x2, y: b.ay, dx: s, dy: 0 };
  }
  const s = la === 1 ? -1 : 1, x1 = a.ax, y1 = a.ay + s * a.h / 2, x2 = b.ax, y2 = b.ay - s * b.h / 2;
  let d = `M${x1} ${y1}`, [px, py] = [x1, y1];
  const points = [...(edge.way || []).map(p => [p.ax, p.ay]), [x2, y2]];
  for (const [x, y] of points) {
    const bend = Math.max(14, Math.abs(y - py) * .5) * s;
    d += `C${px} ${py + bend} ${x} ${y - bend} ${x} ${y}`;
    [px, py] = [x, y];
  }
  return { d, x: x2, y: y2, dx: 0, dy: s };
}
function arrow({ x, y, dx, dy }) {
  return dx ? `M${x} ${y}l${-7 * dx} -3.5v7z` : `M${x} ${y}l-3.5 ${-7 * dy}h7z`;
}

// One path for all of them, so that thousands are drawn as quickly as one.
function drawEdges(into) {
  const own = { d: [], a: [] }, cross = { d: [], a: [] };
  for (const edge of drawing.edges) {
    edge.shape = curve(edge);
    const list = edge.lanes[0] === edge.lanes[1] ? own : cross;
    list.d.push(edge.shape.d);
    list.a.push(arrow(edge.shape));
  }
  into.append(svg("path", { class: "edge cross", d: cross.d.join("") || "M0 0" }), svg("path", { class: "arrow cross", d: cross.a.join("") || "M0 0" }),
    svg("path", { class: "edge", d: own.d.join("") || "M0 0" }), svg("path", { class: "arrow", d: own.a.join("") || "M0 0" }));
}

// What is selected and found, without moving anything.
function paint() {
  const overlay = $("overlay");
  overlay.querySelectorAll(".edge,.arrow").forEach(e => e.remove());
  const selected = state.selected, kernel = selected === null ? null : selected.kernel ?? nodes[selected.node].k;
  const item = selected && selected.node !== undefined ? drawing.itemOf.get(selected.node) : null;
  const near = new Set();
  if (item) for (const edge of drawing.edges) {
    if (edge.from !== item && edge.to !== item) continue;
    near.add(edge.from).add(edge.to);
    const direction = edge.to === item ? "in" : "out";
    overlay.append(svg("path", { class: `edge ${direction}`, d: edge.shape.d }));
  }
  const hits = new Set(state.hits);
  for (const shown of drawing.shown) {
    const e = elements.get(shown.key).classList;
    const inside = shown.node ? [shown.node.id] : shown.isFolded ? null : [];
    e.toggle("hit", shown.node ? hits.has(shown.node.id) : shown.isFolded && state.hits.some(id => drawing.itemOf.get(id) === shown.key));
    e.toggle("sel", shown.key === item);
    e.toggle("near", near.has(shown.key));
    e.toggle("kin", inside !== null && inside.length > 0 && kernel !== null && nodes[inside[0]].k === kernel);
    if (shown.node) colour(elements.get(shown.key), nodes[shown.node.id]);
  }
  $("world").classList.toggle("dim", selected !== null);
}

function colour(element, node) {
  const rect = element.querySelector("rect");
  if (state.colour === "direction" || node.k === null) { rect.style.fill = rect.style.stroke = ""; return; }
  if (state.colour === "kernel") {
    const hue = (node.k * 137.5) % 360;
    rect.style.fill = `hsl(${hue} 60% 50% / .28)`;
    rect.style.stroke = `hsl(${hue} 60% 50%)`;
  } else {
    const most = slowest, part = D.profile.kernels[node.k].ns / most;
    rect.style.fill = `hsl(${50 - 50 * part} 85% 50% / ${.12 + .75 * part})`;
    rect.style.stroke = `hsl(${50 - 50 * part} 85% 42%)`;
  }
}

function transform() {
  $("world").setAttribute("transform", `translate(${state.x} ${state.y}) scale(${state.k})`);
  $("world").classList.toggle("far", state.k < .42);
  $("world").classList.toggle("farther", state.k < .16);
}
function zoom(factor, cx, cy) {
  state.isFitted = false;
  const k = Math.min(6, Math.max(.01, state.k * factor));
  state.x = cx - (cx - state.x) * k / state.k;
  state.y = cy - (cy - state.y) * k / state.k;
  state.k = k;
  transform();
}
function fit() {
  const { width, height } = $("canvas").getBoundingClientRect(), b = drawing.bounds;
  state.k = Math.max(.01, Math.min(1.4, (width - 60) / b.w, (height - 110) / (b.h + 30)));
  state.x = (width - b.w * state.k) / 2 - b.x * state.k;
  state.y = (height - 30 - b.h * state.k) / 2 - b.y * state.k + 12;
  state.isFitted = true;
  transform();
}
// What would be too small to read is shown from its beginning.
function home() {
  fit();
  if (state.k >= .15) return;
  const b = drawing.bounds, { width } = $("canvas").getBoundingClientRect();
  state.k = Math.max(state.k, Math.min(.7, (width - 60) / b.w));
  state.x = Math.max(30, (width - b.w * state.k) / 2) - b.x * state.k;
  state.y = 70 - b.y * state.k;
  state.isFitted = false;
  transform();
}
function centre(id) {
  const item = drawing.items.get(drawing.itemOf.get(id));
  if (!item || item.ax === undefined) return;
  state.isFitted = false;
  const { width, height } = $("canvas").getBoundingClientRect();
  state.k = Math.max(state.k, .8);
  state.x = width / 2 - item.ax * state.k;
  state.y = height / 2 - item.ay * state.k;
  transform();
}

// The box stays where it is under the pointer while everything else makes room.
function toggle(key) {
  const before = drawing.items.get("b" + key), at = before && [state.x + before.ax * state.k, state.y + (before.ay - before.h / 2) * state.k];
  if (!state.folded.delete(key)) state.folded.add(key);
  draw();
  const after = drawing.items.get("b" + key);
  if (at && after) {
    state.x = at[0] - after.ax * state.k;
    state.y = at[1] - (after.ay - after.h / 2) * state.k;
  }
  transform();
}
function boxesOf(lane, scope) {
  const keys = [];
  for (let path = scope; path; path = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "") keys.push(`${lane}:${path}`);
  return keys;
}
function reveal(id) {
  const node = nodes[id];
  let changed = false;
  if (!state.shown.has(node.d)) { state.shown.add(node.d); changed = true; }
  if (isConstant(node) && !state.constants) { state.constants = true; changed = true; }
  for (const key of boxesOf(node.d, node.s)) changed = state.folded.delete(key) || changed;
  if (changed) { draw(); legend(); }
}
function foldAll(fold) {
  state.folded = new Set(fold ? nodes.flatMap(n => boxesOf(n.d, n.s)) : []);
  draw();
  home();
}

// ---------------------------------------------------------------- selection and details
function select(what, options) {
  state.selected = what;
  if (what && what.node !== undefined && options && options.centre) { show("graph"); reveal(what.node); }
  paint();
  details();
  if (what && what.node !== undefined && options && options.centre) centre(what.node);
  document.querySelectorAll("tr[data-kernel]").forEach(tr => tr.classList.toggle("on", what !== null && +tr.dataset.kernel === (what.kernel ?? nodes[what.node].k)));
  document.querySelectorAll(".block").forEach(b => b.classList.toggle("sel", what !== null && what.node !== undefined && b.dataset.node === String(what.node)));
  const hash = what === null ? "" : what.node !== undefined ? `#n${what.node}` : `#k${what.kernel}`;
  if (location.hash !== hash) {
    try { history.replaceState(null, "", hash || location.pathname + location.search); } catch { /* some places do not let a page name itself */ }
  }
}
const nodeLink = id => el("a", { class: `link ${LETTER[nodes[id].d]}`, onclick: () => select({ node: id }, { centre: true }) }, nodes[id].n);
const kernelLink = k => el("a", { class: "link", onclick: () => select({ kernel: k }) }, `kernel ${k} ${D.kernels[k].m}`);
const commas = list => list.flatMap((item, i) => i ? [", ", item] : [item]);
const section = (title, ...content) => [el("h3", null, title), ...content.flat().filter(c => c !== null && c !== "")];
function facts(pairs) {
  const list = el("dl");
  for (const [key, value] of pairs) if (value !== null && value !== "" && value !== undefined) list.append(el("dt", null, key), el("dd", null, ...[value].flat()));
  return list;
}

function details() {
  const into = $("details"), what = state.selected;
  into.replaceChildren(...(what === null ? overview() : what.node !== undefined ? nodeDetails(nodes[what.node]) : kernelDetails(what.kernel)));
  into.scrollTop = 0;
}

function overview() {
  const m = D.memory, sum = key => D.kernels.reduce((s, k) => s + k[key], 0);
  return [
    el("h2", null, D.name), el("p", { class: "quiet" }, `generated for ${D.target}`),
    facts([["nodes", `${number(nodes.length)} (${number(D.declared)} declared)`], ["kernels", number(D.kernels.length)], ["work", flops(sum("fl"))], ["moved", bytes(sum("by"))],
      ["arena", bytes(m.arena)], ["variables", bytes(m.variables)], ["symbols", D.symbols.map(([n, max]) => `${n} ≤ ${number(max)}`).join(", ")],
      ...(D.profile ? [["a run", `${time(D.profile.run)} on ${D.profile.workers} worker(s)`], ["this machine", `${digits(D.profile.peak)} GFLOP/s`]] : [])]),
    el("p", { class: "quiet" }, "Figures are at the bounds of all symbols. Click a node, a kernel or a block; fold a box by its title; / searches."),
    ...(D.rewrites.length ? section("rewritten", el("ul", null, D.rewrites.slice(0, 200).map(([rule, a, b]) => el("li", null, el("b", null, rule), ": ", el("span", { class: "mono" }, `${a} ⇒ ${b}`))))) : []),
  ];
}

const STEP = {
  seed: "Differentiation begins here: the gradient of the loss with respect to itself.",
  rule: g => `Made by the gradient rule of ${g.op} for `,
  unbroadcast: "An operand was stretched on the way forward; its gradient is summed on the way back, for ",
  accumulate: "A tensor is used more than once; what comes back from its uses is added up, here from ",
};
function gradient(node) {
  if (!node.g) return [];
  const text = node.g.s === "rule" ? STEP.rule(node.g) : STEP[node.g.s];
  if (node.g.s === "seed") return section("gradient rule", el("p", null, text));
  const siblings = node.g.n === null ? [] : madeFor[node.g.n].filter(id => id !== node.id);
  return section("gradient rule",
    el("p", null, text, node.g.n !== null ? nodeLink(node.g.n) : null),
    el("p", { class: "formula mono f" }, node.g.of),
    siblings.length ? el("p", { class: "quiet" }, "with ", ...commas(siblings.map(nodeLink))) : null);
}

function nodeDetails(node) {
  const k = node.k, profile = D.profile && k !== null ? D.profile.kernels[k] : null;
  return [
    el("h2", { class: LETTER[node.d] }, node.n),
    el("p", null, el("span", { class: `chip ${LETTER[node.d]}` }, WORD[node.d]), el("span", { class: "chip" }, node.form), node.out.map(o => el("span", { class: "chip" }, `output ${o}`)), node.up ? el("span", { class: "chip" }, `updates ${node.up}`) : null),
    el("p", { class: `formula mono ${LETTER[node.d]}` }, node.f),
    facts([["type", node.ts.join(", ")], ["operator", el("span", { class: "mono" }, node.call)], ["scope", node.s], ["also called", node.ns.slice(1).join(", ")],
      ["bytes", `${number(node.by)}${node.mem ? ` of ${node.mem} memory` : ", no memory of its own"}`], ["work", node.fl ? flops(node.fl) : ""],
      ["kernel", k !== null ? [kernelLink(k), node.l ? `, at each ${node.l}` : ""] : node.rb.length ? ["repeated in ", ...commas(node.rb.slice(0, 12).map(kernelLink)), node.rb.length > 12 ? ` and ${node.rb.length - 12} more` : ""] : ""],
      ["kernel's time", profile ? `${time(profile.ns)}, ${percent(profile.ns / D.profile.run)} of a run` : ""]]),
    ...(node.o.length ? section("declared at", ...node.o.map(([file, line, text]) => el("div", null, el("p", { title: file }, `${file.replace(/^.*[\\/]/, "")}:${line}`), text ? el("p", { class: "formula mono quiet" }, text) : null))) : []),
    ...gradient(node),
    ...(madeFor[node.id].length ? section("its own gradient", el("p", null, `The rule of ${node.op} made `, ...commas(madeFor[node.id].map(nodeLink)))) : []),
    ...(node.in.length ? section("reads", el("p", null, ...commas(node.in.map(([i]) => nodeLink(i))))) : []),
    ...(readers[node.id].length ? section("read by", el("p", null, ...commas([...new Set(readers[node.id])].slice(0, 40).map(nodeLink)))) : []),
    ...(k !== null ? section("generated code", node.ln.length ? null : el("p", { class: "quiet" }, "It is part of other lines of this method."), kernelCode(k, node.ln)) : []),
  ];
}

function kernelDetails(index) {
  const k = D.kernels[index], p = D.profile ? D.profile.kernels[index] : null;
  return [
    el("h2", { class: LETTER[k.d] }, `kernel ${index} ${k.m}`),
    el("p", null, el("span", { class: `chip ${LETTER[k.d]}` }, WORD[k.d]), el("span", { class: "chip" }, k.kind), el("span", { class: "chip" }, k.par ? "all workers" : "one worker")),
    facts([["loops over", k.space + (k.red.length ? `, reduces ${k.red.join(", ")}` : "")], ["work", flops(k.fl)], ["moved", bytes(k.by)], ["intensity", `${digits(k.by ? k.fl / k.by : 0)} flop/byte`],
      ["scratch", k.scratch ? bytes(k.scratch) + " each worker" : ""], ["shared", k.shared ? bytes(k.shared) : ""],
      ...(p ? [["time", `${time(p.ns)}, ${percent(p.ns / D.profile.run)} of a run`], ["rates", `${digits(p.gflops)} GFLOP/s, ${digits(p.gbytes)} GB/s`], ["roofline", `${percent(p.roof)}, limited by ${p.compute ? "arithmetic" : "memory"}`]] : [])]),
    ...section("fused", el("p", null, ...commas(k.nodes.slice(0, 120).map(nodeLink)))),
    ...section("computes", el("ul", null, k.formulas.slice(0, 60).map(f => el("li", { class: "mono" }, f)))),
    ...section("why not more", el("ul", null, k.ref.length ? null : el("li", null, k.open),
      [...k.ref, ...k.edges].map(r => el("li", null, nodeLink(r.n), " did not join ", r.k !== null ? kernelLink(r.k) : "an earlier kernel", `: ${r.why}`)))),
    ...section("memory", el("ul", null, k.ops.map(o => el("li", null, o.w ? "writes " : "reads ", nodeLink(o.n), `, ${bytes(o.by)}, ${o.mem}`,
      !o.w && o.from !== null ? [" from ", kernelLink(o.from)] : null, o.w && o.to.length ? [" for ", ...commas(o.to.slice(0, 8).map(kernelLink))] : null)))),
    ...section("generated code", kernelCode(index, [])),
  ];
}

// ---------------------------------------------------------------- code
const KEYWORD = /^(?:using|namespace|public|private|static|class|void|in|ref|int|float|double|bool|byte|long|nint|nuint|var|if|else|for|while|return|new|true|false|out)$/;
const TOKEN = /(\/\/.*$)|("(?:[^"\\]|\\.)*")|(\b\d[\w.]*)|([A-Za-z_]\w*)/g;
function coloured(text) {
  const parts = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > last) parts.push(text.slice(last, match.index));
    const [all, comment, string, literal] = match, after = text[match.index + all.length];
    const kind = comment ? "cm" : string || literal ? "nu" : KEYWORD.test(all) ? "kw" : after === "(" ? "fn" : /^[A-Z]/.test(all) ? "ty" : "";
    parts.push(kind ? el("span", { class: kind }, all) : all);
    last = match.index + all.length;
  }
  parts.push(text.slice(last));
  return parts;
}
const lines = D.source.split("\n");
function code(first, last, marks) {
  const block = el("div", { class: "code" });
  for (let i = first; i <= last; i++) {
    const on = marks.some(([a, b]) => a <= i && i <= b);
    block.append(el("span", { class: `row${on ? " mark" : ""}` }, el("span", { class: "no" }, String(i)), ...coloured(lines[i - 1])));
  }
  return block;
}
function kernelCode(k, marks) {
  const [first, last] = D.kernels[k].ln, block = code(first, last, marks);
  if (marks.length) requestAnimationFrame(() => { const row = block.querySelector(".mark"); if (row) block.scrollTop = row.offsetTop - block.offsetTop - 60; });
  return block;
}

// ---------------------------------------------------------------- kernels
function kernelTable() {
  const p = D.profile, total = D.kernels.reduce((s, k) => s + k.fl, 0) || 1;
  const columns = [
    ["#", k => k.i, k => String(k.i), true], ["method", k => k.m, k => el("span", { class: LETTER[k.d] }, k.m)], ["kind", k => k.kind, k => k.kind],
    ...(p ? [["time", k => p.kernels[k.i].ns, k => [time(p.kernels[k.i].ns), meter(p.kernels[k.i].ns / p.run)], true], ["of roofline", k => p.kernels[k.i].roof, k => [percent(p.kernels[k.i].roof), meter(Math.min(1, p.kernels[k.i].roof))], true],
      ["GFLOP/s", k => p.kernels[k.i].gflops, k => digits(p.kernels[k.i].gflops), true], ["GB/s", k => p.kernels[k.i].gbytes, k => digits(p.kernels[k.i].gbytes), true]] : []),
    ["flops", k => k.fl, k => [number(k.fl), p ? null : meter(k.fl / total)], true], ["bytes", k => k.by, k => number(k.by), true], ["flop/byte", k => k.by ? k.fl / k.by : 0, k => digits(k.by ? k.fl / k.by : 0), true],
    ["loops over", k => k.space, k => k.space], ["nodes", k => k.nodes.length, k => String(k.nodes.length), true],
    ["computes", k => k.formulas.at(-1) || "", k => el("span", { class: "mono" }, k.formulas.at(-1) || "")],
  ];
  const body = el("tbody");
  const fill = list => body.replaceChildren(...list.map(k => {
    const row = el("tr", { onclick: () => select({ kernel: k.i }) }, columns.map(([, , cell, num], c) => el("td", { class: num ? "num" : c === columns.length - 1 ? "text" : "" }, ...[cell(k)].flat())));
    row.dataset.kernel = k.i;
    return row;
  }));
  let sorted = 0, sign = 1;
  const head = el("tr", null, columns.map(([title, value, , num], c) => el("th", { class: num ? "num" : "", onclick: () => {
    sign = sorted === c ? -sign : num && c ? -1 : 1;
    sorted = c;
    fill([...D.kernels].sort((a, b) => sign * (value(a) > value(b) ? 1 : value(a) < value(b) ? -1 : a.i - b.i)));
  } }, title)));
  fill(D.kernels);
  $("kernels").replaceChildren(el("table", null, el("thead", null, head), body));
}
const meter = part => el("span", { class: "meter", style: { width: `${Math.max(1, Math.round(60 * part))}px` } });

// ---------------------------------------------------------------- memory
function memoryChart() {
  const m = D.memory, into = $("memory");
  const head = el("div", { class: "pad" }, el("h2", null, "Memory plan"), facts([
    ["arena", `${number(m.arena)} bytes`], ["most alive", m.blocks.length ? [`${number(m.peak)} bytes at `, kernelLink(m.at)] : ""], ["inputs, outputs, constants", `${number(m.fixed)} bytes`], ["variables", `${number(m.variables)} bytes`]]),
    el("p", { class: "quiet" }, m.blocks.length ? "Across: the kernels of a run, in order. Up: bytes of the arena. A block stands from the kernel that writes it to the last that reads it; strong ones are alive at the peak." : "No value lives between two kernels."));
  into.replaceChildren(head);
  if (!m.blocks.length) return;
  const n = D.kernels.length, left = 76, w = Math.max(700, Math.min(2400, 90 + n * 26)), h = 420, curveH = 90, bottom = 40;
  const x = step => left + (w - left - 20) * step / n, y = at => curveH + 30 + h - h * at / Math.max(m.arena, 1);
  const picture = svg("svg", { width: w, height: curveH + 30 + h + bottom, id: "chart" });
  const text = (tx, ty, content, anchor) => { const t = svg("text", { class: "axis", x: tx, y: ty, "text-anchor": anchor || "start" }); t.textContent = content; return t; };
  for (let i = 0; i <= 4; i++) {
    const at = m.arena * i / 4;
    picture.append(svg("line", { class: "grid", x1: left, x2: w - 20, y1: y(at), y2: y(at) }), text(left - 8, y(at) + 4, bytes(at), "end"));
  }
  const most = Math.max(...m.alive, 1), cy = v => curveH + 6 - (curveH - 12) * v / most;
  picture.append(svg("path", { class: "curve", d: `M${x(0)} ${cy(0)}` + m.alive.map((v, i) => `V${cy(v)}H${x(i + 1)}`).join("") + `V${cy(0)}Z` }), text(left - 8, 16, bytes(most), "end"), text(left - 8, curveH + 8, "alive", "end"));
  picture.append(svg("rect", { class: "peakline", x: x(m.at), width: x(m.at + 1) - x(m.at), y: 2, height: curveH + 28 + h, fill: "none" }));
  for (const block of m.blocks) {
    const bw = Math.max(1, x(Math.min(block.last, n - 1) + 1) - x(block.first) - 1), bh = Math.max(1.5, y(block.off) - y(block.off + block.by) - 1);
    const tip = svg("title");
    tip.textContent = `${block.n} ${block.t}\n${number(block.by)} bytes at ${number(block.off)}, kernels ${block.first} to ${block.last}`;
    const rect = svg("rect", { class: `block ${block.node === null ? "none" : LETTER[nodes[block.node].d]}${block.peak ? " peak" : ""}`, x: x(block.first), y: y(block.off + block.by), width: bw, height: bh, "data-node": block.node ?? "" }, tip);
    rect.addEventListener("click", () => block.node !== null ? select({ node: block.node }) : select({ kernel: block.first }));
    picture.append(rect);
    if (bh > 12 && bw > 40) {
      const label = svg("text", { x: x(block.first) + 5, y: y(block.off + block.by) + Math.min(bh / 2 + 4, 15), "font-size": 11, "pointer-events": "none" });
      label.textContent = cut(block.n, Math.floor(bw / 7));
      picture.append(label);
    }
  }
  const every = Math.ceil(n / 30);
  for (let i = 0; i < n; i += every) picture.append(text((x(i) + x(i + 1)) / 2, y(0) + 16, String(i), "middle"));
  picture.append(text(left, y(0) + 34, "kernel"));
  into.append(picture);
}

// ---------------------------------------------------------------- search
const haystack = nodes.map(n => [n.n, ...n.ns, n.f, n.op, n.t, n.s, ...n.out, ...n.o.map(([file, line]) => `${file.replace(/^.*[\\/]/, "")}:${line}`)].join("\n").toLowerCase());
function search(text) {
  const wanted = text.trim().toLowerCase();
  const exact = n => n.n.toLowerCase() === wanted || n.ns.some(name => name.toLowerCase() === wanted);
  state.hits = wanted ? nodes.filter(n => haystack[n.id].includes(wanted)).sort((a, b) => exact(b) - exact(a) || a.id - b.id).map(n => n.id) : [];
  state.hit = -1;
  $("hits").textContent = wanted ? state.hits.length ? `${state.hits.length} found` : "none" : "";
  paint();
}
function next(step) {
  if (!state.hits.length) return;
  state.hit = (state.hit + step + state.hits.length) % state.hits.length;
  $("hits").textContent = `${state.hit + 1} / ${state.hits.length}`;
  select({ node: state.hits[state.hit] }, { centre: true });
}

// ---------------------------------------------------------------- the page
function show(view) {
  state.view = view;
  for (const section of document.querySelectorAll(".view")) section.hidden = section.id !== view;
  for (const button of document.querySelectorAll("#tabs button")) button.classList.toggle("on", button.dataset.view === view);
  if (view === "source" && !$("source").firstChild) $("source").append(code(1, lines.length - (lines.at(-1) === "" ? 1 : 0), []));
}
function legend() {
  const counts = [0, 0, 0];
  for (const node of nodes) counts[node.d]++;
  const modes = el("select", { id: "colour", onchange: e => { state.colour = e.target.value; paint(); } }, ["direction", "kernel", ...(D.profile ? ["time"] : [])].map(m => el("option", { value: m, selected: m === state.colour }, `colour: ${m}`)));
  $("legend").replaceChildren(...[0, 1, 2].filter(d => counts[d]).map(d => el("label", null,
    el("input", { type: "checkbox", checked: state.shown.has(d), onchange: e => { e.target.checked ? state.shown.add(d) : state.shown.delete(d); draw(); fit(); } }),
    el("span", { class: `dot ${LETTER[d]}` }), `${WORD[d]} ${counts[d]}`)),
    el("label", null, el("input", { type: "checkbox", checked: state.constants, onchange: e => { state.constants = e.target.checked; draw(); } }), "constants"), modes);
}

let moved = false;
function pointer() {
  const canvas = $("canvas"), down = new Map();
  let far = 0;
  canvas.addEventListener("wheel", e => {
    e.preventDefault();
    const r = canvas.getBoundingClientRect();
    zoom(Math.exp(-e.deltaY * (e.deltaMode === 1 ? .05 : .0016)), e.clientX - r.left, e.clientY - r.top);
  }, { passive: false });
  canvas.addEventListener("pointerdown", e => { down.set(e.pointerId, [e.clientX, e.clientY]); moved = false; far = 0; });
  canvas.addEventListener("pointermove", e => {
    const last = down.get(e.pointerId);
    if (!last) return;
    const [dx, dy] = [e.clientX - last[0], e.clientY - last[1]];
    if (down.size === 2) {
      const other = [...down].find(([id]) => id !== e.pointerId)[1], r = canvas.getBoundingClientRect();
      const was = Math.hypot(last[0] - other[0], last[1] - other[1]), is = Math.hypot(e.clientX - other[0], e.clientY - other[1]);
      if (was > 0) zoom(is / was, (e.clientX + other[0]) / 2 - r.left, (e.clientY + other[1]) / 2 - r.top);
    } else {
      state.x += dx;
      state.y += dy;
      state.isFitted = false;
      transform();
    }
    far += Math.abs(dx) + Math.abs(dy);
    if (far > 5 && !moved) { moved = true; canvas.classList.add("drag"); canvas.setPointerCapture(e.pointerId); }
    down.set(e.pointerId, [e.clientX, e.clientY]);
  });
  const up = e => { down.delete(e.pointerId); canvas.classList.remove("drag"); };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("click", e => { if (!moved && (e.target === canvas || e.target.id === "world")) select(null); });
}

function start() {
  $("title").append(D.name, el("small", null, `${D.target} · ${number(nodes.length)} nodes · ${number(D.kernels.length)} kernels`));
  document.querySelectorAll("#tabs button").forEach(b => b.addEventListener("click", () => show(b.dataset.view)));
  const middle = factor => { const r = $("canvas").getBoundingClientRect(); zoom(factor, r.width / 2, r.height / 2); };
  $("zoom-in").addEventListener("click", () => middle(1.3));
  $("zoom-out").addEventListener("click", () => middle(1 / 1.3));
  $("fit").addEventListener("click", fit);
  $("fold").addEventListener("click", () => foldAll(true));
  $("unfold").addEventListener("click", () => foldAll(false));
  $("theme").addEventListener("click", () => {
    const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
  });
  $("search").addEventListener("input", e => search(e.target.value));
  $("search").addEventListener("keydown", e => { if (e.key === "Enter") next(e.shiftKey ? -1 : 1); if (e.key === "Escape") { e.target.value = ""; search(""); e.target.blur(); } });
  document.addEventListener("keydown", e => {
    if (e.target.matches("input, select") || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "/") { e.preventDefault(); $("search").focus(); }
    else if (e.key === "Escape") select(null);
    else if (e.key === "0") fit();
    else if (e.key === "+" || e.key === "=") middle(1.3);
    else if (e.key === "-") middle(1 / 1.3);
  });
  pointer();
  // A large graph opens folded; what is left then can be unfolded box by box.
  // Updates are much the same for each variable, and open folded where there are more than a few.
  const updates = nodes.filter(n => n.d === 2).length;
  state.folded = new Set(nodes.filter(n => n.s && (nodes.length > 400 || (n.d === 2 && updates > 24))).map(n => `${n.d}:${n.s.split("/")[0]}`));
  show("graph");
  legend();
  draw();
  home();
  kernelTable();
  memoryChart();
  const hash = /^#([nk])(\d+)$/.exec(location.hash);
  if (hash && hash[1] === "n" && +hash[2] < nodes.length) select({ node: +hash[2] }, { centre: true });
  else if (hash && hash[1] === "k" && +hash[2] < D.kernels.length) select({ kernel: +hash[2] });
  else select(null);
  // Until somebody looks closer, all of it is in view.
  new ResizeObserver(() => { if (state.isFitted && state.view === "graph") fit(); }).observe($("canvas"));
  document.body.dataset.ready = "true";
}
start();
