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

// Stretches the picture towards the shape of its frame, then makes room for the labels.
function spread(nodes, frame, look, fixed) {
  const list = nodes.toArray();
  const xs = list.map((n) => n.position("x")), ys = list.map((n) => n.position("y"));
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  let sx = 1, sy = 1;
  if (!fixed.size && list.length > 2) {
    const want = frame.w / frame.h, have = Math.max(1, right - left) / Math.max(1, bottom - top), by = Math.sqrt(Math.min(4, Math.max(0.25, want / have)));
    [sx, sy] = [by, 1 / by];
  }
  const middle = (top + bottom) / 2;
  list.forEach((n) => { if (!fixed.has(n.id())) n.data("place", n.position("y") < middle - 20 ? "top" : "bottom"); });
  const boxes = list.map((n) => ({ ...room(n, look), x: n.position("x") * sx, y: n.position("y") * sy }));
  separate(list, boxes, fixed, list.length > 150 ? 60 : 240);
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
    const angle = -Math.PI / 2 + (2 * Math.PI * i) / around.length, y = Math.sin(angle) * frame.h * 0.36;
    n.data("place", y < -10 ? "top" : "bottom");
    places.set(n.id(), { x: Math.cos(angle) * frame.w * 0.36, y });
  });
  return places;
}
