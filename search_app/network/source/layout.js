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

// Pushes apart what overlaps, each pair along the way that asks least; `fixed` nodes stay.
function separate(nodes, boxes, fixed, rounds) {
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
        if (right < down) {
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
    separate(list, boxes, fixed, list.length > 150 ? 60 : 240);
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

// Organic: force-directed (fCoSE, Balci & Dogrusoz 2021), around what is fixed.
export function organic(cy, nodes, frame, look, fixed = new Set()) {
  const kept = nodes.filter((n) => fixed.has(n.id())).map((n) => ({ nodeId: n.id(), position: { ...n.position() } }));
  const eles = nodes.union(nodes.edgesWith(nodes));
  const seed = nodes.map((n) => n.id()).sort().join();
  steadily(seed, () => {
    eles.layout({
      name: "fcose", quality: nodes.length > 400 ? "default" : "proof", randomize: !fixed.size, animate: false, fit: false, packComponents: !fixed.size,
      nodeSeparation: 120, idealEdgeLength: () => 125, nodeRepulsion: () => 14000, gravity: 0.3, numIter: nodes.length > 400 ? 1000 : 2500,
      ...(kept.length ? { fixedNodeConstraint: kept } : {}),
    }).run();
  });
  kept.forEach(({ nodeId, position }) => cy.getElementById(nodeId).position(position));
  return spread(nodes, frame, look, fixed);
}

// From cause to effect: layers from left to right (dagre); what the words turn round is turned back first.
export function flow(cy, nodes, frame, look) {
  const g = new dagre.graphlib.Graph({ multigraph: true });
  g.setGraph({ rankdir: frame.w < 560 ? "TB" : "LR", nodesep: 14, ranksep: 70, marginx: 0, marginy: 0 });
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
  return new Map(g.nodes().map((id) => { const { x, y, lift } = g.node(id); return [id, { x, y: y - lift }]; }));
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
