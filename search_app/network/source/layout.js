// Where nodes stand. The same tangle always gets the same picture: chance is drawn from its node ids.
import dagre from "@dagrejs/dagre";
import { room } from "./labels.js";

// mulberry32, public domain
function chance(seed) {
  let a = [...seed].reduce((h, c) => Math.imul(h ^ c.charCodeAt(0), 0x01000193), 0x811c9dc5);
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function steadily(seed, work) {
  const random = Math.random;
  Math.random = chance(seed);
  try {
    return work();
  } finally {
    Math.random = random;
  }
}

// Pushes apart what overlaps, each pair along the way that asks least of the frame (`lean` is its height over its width); `fixed` nodes stay.
function separate(nodes, boxes, fixed, rounds, lean) {
  for (let round = 0; round < rounds; round++) {
    let moved = false;
    for (let i = 0; i < nodes.length; i++) {
      for (let j = i + 1; j < nodes.length; j++) {
        const a = boxes[i], b = boxes[j];
        const dx = b.x - a.x, right = a.half + b.half - Math.abs(dx);
        if (right <= 0) continue;
        const below = a.y + a.down - (b.y - b.up), above = b.y + b.down - (a.y - a.up);
        if (below <= 0 || above <= 0) continue;
        const stuckA = fixed.has(nodes[i].id()), stuckB = fixed.has(nodes[j].id());
        if (stuckA && stuckB) continue;
        moved = true;
        const shareA = stuckA ? 0 : stuckB ? 1 : 0.5, shareB = 1 - shareA;
        const down = below < above ? below : above;
        if (right * lean < down) {
          const s = dx < 0 ? -1 : 1;
          a.x -= s * right * shareA;
          b.x += s * right * shareB;
        } else {
          const s = below < above ? 1 : -1;
          a.y -= s * down * shareA;
          b.y += s * down * shareB;
        }
      }
    }
    if (!moved) return;
  }
}

// Between where a value lies and its rank among the others: keeps the order, and leaves no corner empty.
function even(values) {
  const low = Math.min(...values), range = Math.max(1e-6, Math.max(...values) - low);
  const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j]), rank = [];
  order.forEach((i, at) => { rank[i] = at / Math.max(1, values.length - 1); });
  return values.map((value, i) => 0.35 * ((value - low) / range) + 0.65 * rank[i]);
}

// Fills the frame (a larger one of the same shape for many nodes), then makes room for the labels.
function spread(nodes, frame, look, fixed) {
  const list = nodes.toArray(), moves = list.filter((n) => !fixed.has(n.id()));
  let at = list.map((n) => ({ ...n.position() }));
  if (!fixed.size && list.length > 2) {
    const grow = Math.max(1, Math.sqrt((list.length * 15000) / (frame.w * frame.h)));
    const xs = even(at.map((p) => p.x)), ys = even(at.map((p) => p.y));
    at = at.map((_, i) => ({ x: (xs[i] - 0.5) * (frame.w - 170) * grow, y: (ys[i] - 0.5) * (frame.h - 110) * grow }));
  }
  const middle = at.reduce((sum, p) => sum + p.y, 0) / at.length;
  list.forEach((n, i) => { if (moves.includes(n)) n.data("place", at[i].y < middle - 20 ? "top" : "bottom"); });
  // Labels keep their size on the screen: what has to be zoomed out needs more room, so look again at that size.
  let size = 1, boxes = [];
  for (let round = 0; round < 4; round++) {
    boxes = list.map((n, i) => {
      const { half, up, down } = room(n, look);
      return { half: half * size, up: up * size, down: down * size, ...at[i] };
    });
    separate(list, boxes, fixed, list.length > 150 ? 60 : 240, frame.h / frame.w);
    if (fixed.size || list.length > 80) break;
    const wide = Math.max(...boxes.map((b) => b.x + b.half)) - Math.min(...boxes.map((b) => b.x - b.half));
    const high = Math.max(...boxes.map((b) => b.y + b.down)) - Math.min(...boxes.map((b) => b.y - b.up));
    const zoomed = Math.max(wide / frame.w, high / frame.h);
    if (zoomed <= size * 1.03 || size > 1.6) break;
    // shrink the longer side back towards the frame, so that the next round fills the corners
    const [fx, fy] = [Math.min(1, (frame.w * zoomed) / wide), Math.min(1, (frame.h * zoomed) / high)];
    at = boxes.map((b) => ({ x: b.x * fx, y: b.y * fy }));
    size = Math.min(zoomed, 1.7);
  }
  return new Map(list.map((n, i) => [n.id(), { x: boxes[i].x, y: boxes[i].y }]));
}

const crosses = (a, b, c, d) => {
  const turn = (p, q, r) => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b);
};

// How hard a picture is to read: lines that cross, lines that run through a point or its label, and how far it must be zoomed out.
function trouble(nodes, edges, places, frame, look) {
  const boxes = nodes.map((n) => ({ id: n.id(), ...places.get(n.id()), ...room(n, look) }));
  const lines = edges.map((e) => ({ from: e.source().id(), to: e.target().id(), a: places.get(e.source().id()), b: places.get(e.target().id()) }));
  let cost = 0;
  lines.forEach((l, i) => {
    for (const m of lines.slice(i + 1)) if (![m.from, m.to].some((id) => id === l.from || id === l.to) && crosses(l.a, l.b, m.a, m.b)) cost += 1;
    for (const b of boxes) {
      if (b.id === l.from || b.id === l.to) continue;
      const [x1, x2, y1, y2] = [b.x - b.half + 12, b.x + b.half - 12, b.y - b.up + 8, b.y + b.down - 8];
      if (crosses(l.a, l.b, { x: x1, y: y1 }, { x: x2, y: y2 }) || crosses(l.a, l.b, { x: x1, y: y2 }, { x: x2, y: y1 })) cost += 1.5;
    }
    cost += Math.hypot(l.a.x - l.b.x, l.a.y - l.b.y) / 400;
  });
  const wide = Math.max(...boxes.map((b) => b.x + b.half)) - Math.min(...boxes.map((b) => b.x - b.half));
  const high = Math.max(...boxes.map((b) => b.y + b.down)) - Math.min(...boxes.map((b) => b.y - b.up));
  return cost + 14 * Math.max(0, Math.max(wide / frame.w, high / frame.h) - 1);
}

// Organic: force-directed (fCoSE, Balci & Dogrusoz 2021), around what is fixed. Of a few tries the one that reads best.
export function organic(cy, nodes, frame, look, fixed = new Set()) {
  const kept = nodes.filter((n) => fixed.has(n.id())).map((n) => ({ nodeId: n.id(), position: { ...n.position() } }));
  const edges = nodes.edgesWith(nodes), eles = nodes.union(edges);
  const seed = nodes.map((n) => n.id()).sort().join();
  const tries = kept.length ? 1 : nodes.length <= 30 ? 10 : nodes.length <= 60 ? 5 : nodes.length <= 120 ? 2 : 1;
  let best = null, least = Infinity;
  for (let turn = 0; turn < tries; turn++) {
    steadily(`${seed} ${turn}`, () => {
      eles.layout({
        name: "fcose", quality: nodes.length > 400 ? "default" : "proof", randomize: !fixed.size, animate: false, fit: false, packComponents: !fixed.size,
        nodeSeparation: 120, idealEdgeLength: () => 125, nodeRepulsion: () => 14000, gravity: 0.3, numIter: nodes.length > 400 ? 1000 : 2500,
        ...(kept.length ? { fixedNodeConstraint: kept } : {}),
      }).run();
    });
    kept.forEach(({ nodeId, position }) => cy.getElementById(nodeId).position(position));
    const places = spread(nodes, frame, look, fixed), above = new Map(nodes.map((n) => [n.id(), n.data("place")]));
    const cost = tries > 1 ? trouble(nodes, edges, places, frame, look) : 0;
    if (cost < least) [best, least] = [{ places, above }, cost];
  }
  nodes.forEach((n) => { n.data("place", best.above.get(n.id())); });
  return best.places;
}

// From cause to effect: layers from left to right (dagre); what the words turn round is turned back first.
export function flow(cy, nodes, frame, look) {
  const g = new dagre.graphlib.Graph({ multigraph: true });
  g.setGraph({ rankdir: frame.w < 560 ? "TB" : "LR", nodesep: 8, ranksep: 60, marginx: 0, marginy: 0 });
  g.setDefaultEdgeLabel(() => ({}));
  nodes.forEach((n) => {
    n.data("place", "bottom");
    const { half, up, down } = room(n, look);
    g.setNode(n.id(), { width: 2 * half, height: up + down, lift: (down - up) / 2 });
  });
  nodes.edgesWith(nodes).forEach((e) => {
    const [from, to] = e.data("backward") ? [e.target().id(), e.source().id()] : [e.source().id(), e.target().id()];
    g.setEdge(from, to, {}, e.id());
  });
  dagre.layout(g);
  // Pressed or stretched to the frame rather than zoomed, so that shapes and labels keep their size; labels that then meet give way.
  const { width, height } = g.graph(), fit = (have, want) => Math.min(3, Math.max(0.6, want / Math.max(1, have)));
  const sx = fit(width - 160, frame.w - 184), sy = fit(height - 70, frame.h - 100);
  return new Map(g.nodes().map((id) => { const { x, y, lift } = g.node(id); return [id, { x: x * sx, y: (y - lift) * sy }]; }));
}

// One step on a small screen: the start in the middle, its neighbours around it.
export function star(cy, nodes, start, frame) {
  const around = nodes.filter((n) => n.id() !== start).sort((a, b) => (a.data("kind") + a.id()).localeCompare(b.data("kind") + b.id()));
  const places = new Map([[start, { x: 0, y: 0 }]]);
  around.forEach((n, i) => {
    // none straight below: there stands the label of the middle
    const angle = Math.PI / 2 + (2 * Math.PI * (i + 0.5)) / around.length, y = Math.sin(angle) * frame.h * 0.37;
    n.data("place", y < -10 ? "top" : "bottom");
    places.set(n.id(), { x: Math.cos(angle) * frame.w * 0.36, y });
  });
  return places;
}
