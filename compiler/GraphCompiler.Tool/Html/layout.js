"use strict";
// Where nodes and boxes are drawn. Forward, backward and update are lanes, side by side: forward runs down, backward runs
// up beside what it is the gradient of, updates stand beside the gradients that they take. Within a lane, scopes are boxes;
// the inside of a box is laid out like a lane. A layer holds what is equally far from where the data comes in; within a
// layer, things stand where their neighbours are.
const Layout = (() => {
  const GAP_X = 18, GAP_Y = 30, PAD = 14, TITLE = 26, LANE_GAP = 110, MAX_ROW = 2600, SWEEPS = 6, MAX_DUMMIES = 6000;

  // Nodes in boxes: { key, name, children, nodes, lane, parent }.
  function tree(nodes, laneOf, scopeOf) {
    const boxes = new Map(), lanes = [0, 1, 2].map(lane => ({ key: `${lane}:`, name: "", lane, parent: null, children: [], nodes: [] }));
    const boxOf = (lane, path) => {
      if (path === "") return lanes[lane];
      const key = `${lane}:${path}`;
      let box = boxes.get(key);
      if (!box) {
        const slash = path.lastIndexOf("/");
        const parent = boxOf(lane, slash < 0 ? "" : path.slice(0, slash));
        box = { key, name: slash < 0 ? path : path.slice(slash + 1), lane, parent, children: [], nodes: [] };
        boxes.set(key, box);
        parent.children.push(box);
      }
      return box;
    };
    for (const node of nodes) {
      const box = boxOf(laneOf(node), scopeOf(node));
      box.nodes.push(node);
    }
    return { lanes, boxes };
  }

  function count(box) {
    return box.nodes.length + box.children.reduce((sum, child) => sum + count(child), 0);
  }

  // Centres as near to where they want to be as their order and widths allow: least squares by pooling what would overlap.
  function place(items, wanted) {
    const pools = [];
    let offset = 0;
    const offsets = items.map(item => { const at = offset + item.w / 2; offset += item.w + GAP_X; return at; });
    items.forEach((item, i) => {
      let pool = { sum: wanted[i] - offsets[i], n: 1, first: i };
      while (pools.length && pools[pools.length - 1].sum / pools[pools.length - 1].n > pool.sum / pool.n) {
        const left = pools.pop();
        pool = { sum: left.sum + pool.sum, n: left.n + pool.n, first: left.first };
      }
      pools.push(pool);
    });
    pools.forEach((pool, p) => {
      const end = p + 1 < pools.length ? pools[p + 1].first : items.length;
      for (let i = pool.first; i < end; i++) items[i].x = pool.sum / pool.n + offsets[i];
    });
  }

  // Layers by longest path; edges that go back between boxes are left out of it.
  function layers(items, edges) {
    items.sort((a, b) => a.order - b.order);
    items.forEach((item, i) => { item.i = i; item.rank = 0; item.ins = []; item.outs = []; });
    for (const [a, b] of edges) {
      if (a.order < b.order) { a.outs.push(b); b.ins.push(a); }
    }
    for (const item of items) {
      for (const from of item.ins) item.rank = Math.max(item.rank, from.rank + 1);
    }
    // What nothing leads to, and what follows from such alone, stands right before what it leads to.
    for (const item of items) item.floats = item.ins.every(from => from.floats);
    for (let i = items.length - 1; i >= 0; i--) {
      const item = items[i];
      if (item.floats && item.outs.length) item.rank = Math.max(0, Math.min(...item.outs.map(o => o.rank)) - 1);
    }
    const ranks = [];
    for (const item of items) (ranks[item.rank] ||= []).push(item);
    return ranks.map(rank => rank || []);
  }

  // Where a long edge passes a layer it takes up room, so that it has a way through.
  function threads(ranks, edges, ports) {
    let dummies = 0;
    const ways = new Map(), gates = new Map();
    const dummyAt = (rank, order, way) => {
      const dummy = { w: 6, h: 0, dummy: true, rank, ins: [], outs: [], order };
      ranks[rank].push(dummy);
      way.push(dummy);
      dummies++;
      return dummy;
    };
    for (const [a, b] of edges) {
      if (a.order >= b.order || b.rank - a.rank < 2) continue;
      if (dummies + b.rank - a.rank > MAX_DUMMIES) break;
      let last = a;
      const way = [];
      for (let r = a.rank + 1; r < b.rank; r++) {
        const dummy = dummyAt(r, a.order, way);
        dummy.ins = [last];
        last.links = (last.links || []).concat(dummy);
        last = dummy;
      }
      last.outs = last.outs.concat(b);
      b.threads = (b.threads || []).concat(last);
      ways.set(a.key + " " + b.key, way);
    }
    // Edges that enter or leave the box go past the layers that are between them and its border.
    for (const { item, leaves } of ports) {
      if (dummies > MAX_DUMMIES) break;
      const way = [];
      let last = leaves ? item : null;
      for (let r = leaves ? item.rank + 1 : 0; r < (leaves ? ranks.length : item.rank); r++) {
        const dummy = dummyAt(r, item.order, way);
        if (last) {
          dummy.ins = [last];
          last.links = (last.links || []).concat(dummy);
        }
        last = dummy;
      }
      if (!leaves && last) {
        last.outs = [item];
        item.threads = (item.threads || []).concat(last);
      }
      gates.set(`${item.key} ${leaves}`, way);
    }
    for (const rank of ranks) for (const item of rank) {
      if (item.dummy) item.outs = item.outs.concat(item.links || []);
    }
    return { ways, gates };
  }

  function arrange(ranks) {
    const near = (item, up) => (up
      ? (item.ins || []).filter(o => o.rank === item.rank - 1).concat(item.threads || [])
      : (item.outs || []).concat(item.links || []).filter(o => o.rank === item.rank + 1));
    const mean = list => list.reduce((sum, o) => sum + o.x, 0) / list.length;
    for (const rank of ranks) place(rank, rank.map((_, i) => i * 60));
    for (let sweep = 0; sweep < SWEEPS * 2; sweep++) {
      const up = sweep % 2 === 0;
      for (let r = 0; r < ranks.length; r++) {
        const rank = ranks[up ? r : ranks.length - 1 - r];
        const wanted = new Map(rank.map(item => { const list = near(item, up); return [item, list.length ? mean(list) : item.x]; }));
        if (sweep < SWEEPS + 2) rank.sort((a, b) => wanted.get(a) - wanted.get(b) || a.order - b.order);
        place(rank, rank.map(item => wanted.get(item)));
      }
    }
  }

  // A layer that is too wide becomes several rows.
  function wrap(ranks) {
    const rows = [];
    for (const rank of ranks) {
      let row = [], width = 0;
      for (const item of rank) {
        if (row.length && width + item.w > MAX_ROW) { rows.push(row); row = []; width = 0; }
        row.push(item);
        width += item.w + GAP_X;
      }
      if (row.length) rows.push(row);
    }
    return rows;
  }

  function inside(items, edges, ports, up) {
    if (!items.length) return { w: 0, h: 0, ways: new Map(), gates: new Map(), rows: [] };
    const ranks = layers(items, edges);
    const { ways, gates } = threads(ranks, edges, ports);
    let rows = ranks;
    if (ranks.some(rank => rank.reduce((sum, item) => sum + item.w + GAP_X, 0) > MAX_ROW)) {
      arrange(ranks);
      rows = wrap(ranks);
      rows.forEach(row => place(row, row.map(() => 0)));
    } else {
      arrange(ranks);
    }
    let y = 0;
    for (const row of rows) {
      const height = Math.max(...row.map(item => item.h));
      for (const item of row) item.y = y + height / 2;
      row.height = height;
      y += height + GAP_Y;
    }
    const h = y - GAP_Y;
    const all = rows.flat();
    const left = Math.min(...all.map(item => item.x - item.w / 2)), right = Math.max(...all.map(item => item.x + item.w / 2));
    for (const item of all) {
      item.x -= left;
      if (up) item.y = h - item.y;
    }
    return { w: right - left, h, ways, gates, rows };
  }

  function containerOf(box, folded) {
    // The outermost folded box around, or the box itself.
    let shown = box;
    for (let b = box; b; b = b.parent) if (folded.has(b.key)) shown = b;
    return shown;
  }

  // graph: { nodes: [{ id, lane, scope, w, h, inputs: [id], mate }] }, mate: the forward node that a backward one is for.
  function run(nodes, folded) {
    const byId = new Map(nodes.map(node => [node.id, node]));
    const { lanes, boxes } = tree(nodes, n => n.lane, n => n.scope);
    const items = new Map(), homeOf = new Map();
    for (const box of [...boxes.values(), ...lanes]) for (const node of box.nodes) homeOf.set(node.id, box);
    const children = new Map([...boxes.values(), ...lanes].map(box => [box.key, []]));
    const itemOf = new Map(); // node id -> innermost item that shows it
    for (const node of nodes) {
      const home = homeOf.get(node.id), shown = containerOf(home, folded);
      if (folded.has(shown.key)) {
        itemOf.set(node.id, "b" + shown.key);
      } else {
        const item = { key: "n" + node.id, node, w: node.w, h: node.h, order: node.id, box: home };
        items.set(item.key, item);
        children.get(home.key).push(item);
        itemOf.set(node.id, item.key);
      }
    }
    const depth = box => box.parent ? 1 + depth(box.parent) : 0;
    const firstId = box => Math.min(...box.nodes.map(n => n.id), ...box.children.map(firstId));
    const isShown = box => box.parent === null || (!folded.has(box.parent.key) && isShown(box.parent));
    const order = [...boxes.values()].filter(isShown).sort((a, b) => depth(b) - depth(a));
    for (const box of order) {
      const item = { key: "b" + box.key, box, isFolded: folded.has(box.key), order: firstId(box), count: count(box) };
      items.set(item.key, item);
      children.get(box.parent.key).push(item);
    }

    // Edges between the items of one container, found where the paths of both ends part.
    const pathOf = id => {
      const path = [];
      for (let key = itemOf.get(id); key;) {
        path.push(key);
        const item = items.get(key), parent = item.node ? item.box : item.box.parent;
        key = parent.parent === null ? null : "b" + parent.key;
      }
      return path.reverse();
    };
    const paths = new Map(nodes.map(node => [node.id, pathOf(node.id)]));
    const inner = new Map(), drawn = new Map(), ports = new Map();
    const port = (container, key, leaves) => {
      if (!ports.has(container)) ports.set(container, new Map());
      ports.get(container).set(`${key} ${leaves}`, { item: items.get(key), leaves });
    };
    for (const node of nodes) for (const input of node.inputs) {
      const from = byId.get(input);
      if (!from) continue;
      const a = itemOf.get(input), b = itemOf.get(node.id);
      if (a === b) continue;
      drawn.set(`${a} ${b}`, { from: a, to: b, lanes: [from.lane, node.lane] });
      if (from.lane !== node.lane) continue;
      const pa = paths.get(input), pb = paths.get(node.id);
      let i = 0;
      while (i < pa.length - 1 && i < pb.length - 1 && pa[i] === pb[i]) i++;
      const container = i === 0 ? `${node.lane}:` : pa[i - 1].slice(1);
      if (!inner.has(container)) inner.set(container, new Map());
      inner.get(container).set(`${pa[i]} ${pb[i]}`, [items.get(pa[i]), items.get(pb[i])]);
      const edge = drawn.get(`${a} ${b}`);
      edge.parts = [];
      for (let j = pa.length - 1; j > i; j--) { port(pa[j - 1].slice(1), pa[j], true); edge.parts.push([pa[j - 1].slice(1), `${pa[j]} true`]); }
      edge.parts.push([container, `${pa[i]} ${pb[i]}`]);
      for (let j = i + 1; j < pb.length; j++) { port(pb[j - 1].slice(1), pb[j], false); edge.parts.push([pb[j - 1].slice(1), `${pb[j]} false`]); }
    }

    const layouts = new Map();
    const edgesOf = key => [...(inner.get(key) || new Map()).values()], portsOf = key => [...(ports.get(key) || new Map()).values()];
    for (const box of order) {
      const item = items.get("b" + box.key);
      if (item.isFolded) {
        item.w = Math.min(260, Math.max(120, 60 + (box.name.length + 6) * 7.2));
        item.h = 40;
        continue;
      }
      const result = inside(children.get(box.key), edgesOf(box.key), portsOf(box.key), box.lane === 1);
      layouts.set(box.key, result);
      item.w = Math.max(result.w + 2 * PAD, 60 + box.name.length * 7.5);
      item.h = result.h + TITLE + PAD;
      item.shift = (item.w - 2 * PAD - result.w) / 2;
    }

    // Lanes. Absolute positions come from the outside in.
    const absolute = (key, x, y) => {
      for (const item of children.get(key)) {
        item.ax = x + item.x;
        item.ay = y + item.y;
        if (item.box && !item.node && !item.isFolded) {
          absolute(item.box.key, item.ax - item.w / 2 + PAD + item.shift, item.ay - item.h / 2 + TITLE);
        }
      }
      const layout = layouts.get(key);
      for (const way of [...layout.ways.values(), ...layout.gates.values()]) for (const dummy of way) { dummy.ax = x + dummy.x; dummy.ay = y + dummy.y; }
    };
    const yOf = id => { const item = items.get(itemOf.get(id)); return item && item.ay; };
    const nodesIn = item => item.node ? [item.node] : (function all(box) { return box.nodes.concat(...box.children.map(all)); })(item.box);
    const mean = list => list.length ? list.reduce((a, b) => a + b, 0) / list.length : null;
    let x = 0;
    const spans = [];
    for (const lane of lanes) {
      const own = children.get(lane.key);
      if (!own.length) continue;
      const wanted = item => mean(nodesIn(item).flatMap(n => n.inputs.filter(i => byId.has(i) && byId.get(i).lane < 2).map(yOf)).filter(v => v !== undefined));
      const result = lane.lane === 2 ? stack(own, edgesOf(lane.key), wanted) : inside(own, edgesOf(lane.key), [], lane.lane === 1);
      layouts.set(lane.key, result);
      if (lane.lane === 1 && spans.length) align(result.rows, item => mean(nodesIn(item).flatMap(n => n.mate === null ? [] : [yOf(n.mate)]).filter(v => v !== undefined)));
      absolute(lane.key, x, 0);
      spans.push({ lane: lane.lane, x, w: result.w });
      x += result.w + LANE_GAP;
    }

    const edges = [...drawn.values()];
    for (const edge of edges) {
      edge.way = (edge.parts || []).flatMap(([container, key]) => layouts.get(container)?.ways.get(key) || layouts.get(container)?.gates.get(key) || []);
    }
    const shown = [...items.values()].filter(item => item.ax !== undefined);
    const top = Math.min(0, ...shown.map(i => i.ay - i.h / 2)), bottom = Math.max(0, ...shown.map(i => i.ay + i.h / 2));
    return { items, shown, edges, itemOf, boxes, lanes: spans, bounds: { x: 0, y: top, w: Math.max(x - LANE_GAP, 1), h: Math.max(bottom - top, 1) } };
  }

  // Rows of the backward lane, from the bottom up, move to where what they are the gradient of is, as far as their order allows.
  function align(rows, wantedOf) {
    let edge = null;
    for (const row of rows) {
      const wants = row.filter(i => !i.dummy).map(wantedOf).filter(v => v !== null);
      const wanted = wants.length ? wants.reduce((a, b) => a + b, 0) / wants.length : null;
      const highest = edge === null ? wanted ?? row[0].y : edge - GAP_Y - row.height / 2;
      const y = wanted === null ? highest : Math.min(wanted, highest);
      edge = y - row.height / 2;
      for (const item of row) item.y = y;
    }
  }

  // Updates of different variables have little to do with each other but what they all read: they stand below one another,
  // beside their gradients.
  function stack(own, edges, wantedOf) {
    const free = own.filter(item => item.node), among = edges.filter(([a, b]) => a.node && b.node);
    const readers = new Map();
    for (const [a, b] of among) readers.set(a, (readers.get(a) || 0) + 1);
    const leader = new Map(free.map(item => [item, item]));
    const find = item => { while (leader.get(item) !== item) { leader.set(item, leader.get(leader.get(item))); item = leader.get(item); } return item; };
    for (const [a, b] of among) if (readers.get(a) <= 4 || readers.get(b) > 4) leader.set(find(a), find(b));
    const groups = new Map();
    for (const item of free) {
      if (!groups.has(find(item))) groups.set(find(item), []);
      groups.get(find(item)).push(item);
    }
    const parts = own.filter(item => !item.node).map(item => ({ items: [item], w: item.w, h: item.h, wanted: wantedOf(item), order: item.order }));
    const ways = new Map(), gates = new Map();
    for (const items of groups.values()) {
      const set = new Set(items), wants = items.map(wantedOf).filter(v => v !== null), order = items[0].order;
      const result = inside(items, among.filter(([a, b]) => set.has(a) && set.has(b)), [], false);
      result.ways.forEach((way, key) => ways.set(key, way));
      parts.push({ items: result.rows.flat(), w: result.w, h: result.h, wanted: wants.length ? wants.reduce((a, b) => a + b, 0) / wants.length : null, order, isFree: true });
    }
    parts.sort((a, b) => (a.wanted ?? -1e9) - (b.wanted ?? -1e9) || a.order - b.order);
    const w = Math.max(...parts.map(part => part.w));

    // What all of them read stands above the first.
    const shared = parts.filter(part => part.wanted === null), first = parts.find(part => part.wanted !== null);
    let edge = first ? first.wanted - first.h / 2 - GAP_Y - shared.reduce((sum, part) => sum + part.h + GAP_Y, 0) : null;
    for (const part of parts) {
      const y = part.wanted === null && edge !== null ? edge + GAP_Y : Math.max((part.wanted ?? 0) - part.h / 2, edge === null ? -Infinity : edge + GAP_Y);
      if (part.isFree) {
        for (const item of part.items) { item.x += (w - part.w) / 2; item.y += y; }
      } else {
        [part.items[0].x, part.items[0].y] = [w / 2, y + part.h / 2];
      }
      edge = y + part.h;
    }
    return { w, h: edge ?? 0, ways, gates, rows: [] };
  }

  return { run };
})();
if (typeof module !== "undefined") module.exports = Layout;
