// Which labels are shown, and where: the selection and its neighbours always, the others as long as they hide nothing.
const BASE = 14.5, BOLD = 16, SMALL = 13.5, LINE = 1.2;
let pen;

function width(text, size, bold, font) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `${bold ? 700 : 400} ${size}px ${font}`;
  return pen.measureText(text).width;
}

// The label broken into lines of at most `most` pixels, four of them at most, with its size: { text, w, h }.
export function wrap(label, most, size, bold, font, rows = 4) {
  const lines = [""];
  for (const word of label.split(" ")) {
    const last = lines[lines.length - 1], longer = last ? `${last} ${word}` : word;
    if (last && width(longer, size, bold, font) > most) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  if (lines.length > rows) lines.splice(rows - 1, Infinity, lines[rows - 1].replace(/ …$/, "") + " …");
  return { text: lines.join("\n"), w: Math.max(...lines.map((line) => width(line, size, bold, font))), h: lines.length * size * LINE };
}

const hits = (a, b) => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
const overlap = (a, b) => Math.max(0, Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1)) * Math.max(0, Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1));

export function arrange(cy, { small, font }) {
  const zoom = cy.zoom(), keep = Math.min(1.5, Math.max(0.45, zoom)), grow = zoom / keep;
  const nodes = cy.nodes(":visible");
  const shape = new Map(nodes.map((n) => {
    const { x, y } = n.renderedPosition(), r = (n.data("size") / 2) * zoom;
    return [n.id(), { x1: x - r, x2: x + r, y1: y - r, y2: y + r, x, y, r }];
  }));
  const rank = (n) => (n.selected() ? 1e6 : 0) + (n.hasClass("focus") || n.hasClass("hover") ? 1e5 : 0) + (n.hasClass("near") ? 1e4 : 0) + 10 * n.data("sources") + n.degree();
  const placed = [];
  const changes = [];
  for (const n of nodes.sort((a, b) => rank(b) - rank(a))) {
    const must = n.selected() || n.hasClass("near") || n.hasClass("focus") || n.hasClass("hover");
    const chosen = n.selected(), size = chosen ? BOLD : n.hasClass("far") ? SMALL : BASE;
    const { text, w, h } = wrap(n.data("short"), small ? 108 : chosen ? 180 : 140, size, chosen, font, small ? 3 : 4);
    const at = shape.get(n.id()), gap = (chosen ? 13 : 7) * grow, wide = (w * grow) / 2 + 2, high = h * grow + 4;
    const rect = (place) => place === "top" ? { x1: at.x - wide, x2: at.x + wide, y1: at.y - at.r - gap - high, y2: at.y - at.r - gap } : { x1: at.x - wide, x2: at.x + wide, y1: at.y + at.r + gap, y2: at.y + at.r + gap + high };
    const outside = (box) => (box.y1 < 0 ? -box.y1 : 0) + (box.y2 > cy.height() ? box.y2 - cy.height() : 0);
    const inView = at.x > 0 && at.y > 0 && at.x < cy.width() && at.y < cy.height();
    const cost = (box) => (inView ? 3 * wide * outside(box) : 0) + placed.reduce((sum, other) => sum + 3 * overlap(box, other), 0) + [...shape].reduce((sum, [id, other]) => sum + (id === n.id() ? 0 : overlap(box, other)), 0);
    const first = n.data("place") ?? "bottom", second = first === "top" ? "bottom" : "top";
    let place = first, best = cost(rect(first));
    if (best > 0) {
      const other = cost(rect(second));
      if (other < best) [place, best] = [second, other];
    }
    const shown = must || best < 1;
    if (shown) placed.push(rect(place));
    changes.push([n, text, shown ? place : first, !shown]);
  }
  const said = new Set();
  if (!small) cy.edges(".near:visible").forEach((e) => {
    const m = e.renderedMidpoint(), wide = (width(e.data("words"), 12.5, false, font) * grow) / 2 + 3, box = { x1: m.x - wide, x2: m.x + wide, y1: m.y - 10, y2: m.y + 10 };
    if (placed.some((other) => hits(box, other)) || [...shape.values()].some((other) => hits(box, other))) return;
    placed.push(box);
    said.add(e.id());
  });
  cy.batch(() => {
    for (const [n, lines, place, quiet] of changes) {
      if (n.data("lines") !== lines || n.data("place") !== place) n.data({ lines, place });
      n.toggleClass("quiet", quiet);
    }
    cy.edges().forEach((e) => { e.toggleClass("said", said.has(e.id())); });
  });
  cy.elements().updateStyle();
}

// The room that a node and its label take, in model units at zoom 1: half width, height above and below its middle.
export function room(n, { small, font }) {
  const { w, h } = wrap(n.data("short"), small ? 108 : 140, BASE, false, font, small ? 3 : 4), r = n.data("size") / 2;
  const above = n.data("place") === "top";
  return { half: Math.max(w / 2, r) + 8, up: (above ? r + h + 12 : r + 6), down: (above ? r + 6 : r + h + 12) };
}
