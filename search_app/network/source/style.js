// The look of nodes and edges: colours from the page's tokens, shapes and lines as the design language draws them.
const PLUS = "-0.3 -1 0.3 -1 0.3 -0.3 1 -0.3 1 0.3 0.3 0.3 0.3 1 -0.3 1 -0.3 0.3 -1 0.3 -1 -0.3 -0.3 -0.3";
const OCTAGON = "-0.42 -1 0.42 -1 1 -0.42 1 0.42 0.42 1 -0.42 1 -1 0.42 -1 -0.42";
const LETTER = {
  intrinsic: "M10 5.8v8.4",
  organisational: "M6.5 10a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z",
  system: "M12.9 7.5C12.4 6.5 11.3 6 10.1 6 8.4 6 7.1 6.8 7.1 8.1c0 2.9 6 1.2 6 4 0 1.3-1.4 2.1-3 2.1-1.4 0-2.5-.6-3.1-1.7",
};

// A canvas can't read light-dark(): each token is resolved through an element.
export function tokens(root) {
  const probe = root.querySelector(".net-probe");
  const known = new Map();
  return new Proxy({}, {
    get: (_, name) => {
      if (!known.has(name)) {
        probe.style.color = `var(--kl-${name})`;
        known.set(name, getComputedStyle(probe).color);
      }
      return known.get(name);
    },
  });
}

const letter = (level, colour) =>
  "data:image/svg+xml," + encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="${colour}" stroke-width="2.2" stroke-linecap="round"><path d="${LETTER[level]}"/></svg>`);

// Labels keep their size on the screen between these zooms.
export const scale = (zoom) => 1 / Math.min(1.5, Math.max(0.45, zoom));

export function style(root) {
  const t = tokens(root), font = getComputedStyle(root).fontFamily, ink = t["on-shape"];
  const image = Object.fromEntries(Object.keys(LETTER).map((level) => [level, letter(level, ink)]));
  const colour = (n) => t[n.data("kind") === "cause" ? n.data("level") ?? "organisational" : n.data("kind")];
  const sized = (px) => (n) => px * scale(n.cy().zoom());
  const top = (n) => n.data("place") === "top";
  return [
    { selector: "node", style: {
      width: "data(size)", height: "data(size)", "background-color": colour, "background-fit": "cover", "border-width": 0,
      label: "data(lines)", "font-family": font, "font-size": sized(14.5), "line-height": 1.2, color: t.text,
      "text-wrap": "wrap", "text-max-width": "400px", "text-valign": (n) => (top(n) ? "top" : "bottom"), "text-margin-y": (n) => (top(n) ? -5 : 5) * scale(n.cy().zoom()),
      "text-background-color": t.surface, "text-background-opacity": 0.88, "text-background-padding": 2, "text-background-shape": "roundrectangle",
    } },
    { selector: "node[level]", style: { "background-image": (n) => image[n.data("level")] } },
    { selector: 'node[kind="bottleneck"]', style: { shape: "polygon", "shape-polygon-points": OCTAGON } },
    { selector: 'node[kind="cause"]', style: { shape: "diamond" } },
    { selector: 'node[kind="solution"]', style: { shape: "polygon", "shape-polygon-points": PLUS } },
    { selector: 'node[kind="actor"]', style: { shape: "ellipse", "background-color": t.surface, "border-width": 4, "border-color": t.actor, color: t.muted } },
    { selector: "node.open", style: { "outline-width": 2, "outline-style": "dashed", "outline-color": t.warn, "outline-offset": 4 } },
    { selector: "edge", style: { width: 1.6, "line-color": t.edge, "target-arrow-color": t.edge, "target-arrow-shape": "triangle", "arrow-scale": 0.9, "curve-style": "bezier", "target-distance-from-node": 3, "source-distance-from-node": 3 } },
    { selector: 'edge[origin="inferred"]', style: { "line-style": "dashed", "line-dash-pattern": [6, 5] } },
    { selector: 'edge[origin="curated"]', style: { width: 2.2, "line-color": t.surface, "line-outline-width": 1.6, "line-outline-color": t.edge } },
    { selector: "node.far", style: { color: t.muted, "font-size": sized(13.5) } },
    { selector: "edge.near", style: { width: 2.2, "line-color": t.primary, "target-arrow-color": t.primary, "z-index": 3 } },
    { selector: 'edge.near[origin="curated"]', style: { "line-color": t.surface, "line-outline-color": t.primary } },
    { selector: "edge.said", style: { label: "data(words)", "font-family": font, "font-size": sized(12.5), color: t.text, "text-background-color": t.surface, "text-background-opacity": 1, "text-background-padding": 3, "text-background-shape": "roundrectangle" } },
    { selector: "node.quiet", style: { label: "" } },
    { selector: "node:selected", style: { "font-weight": 700, "font-size": sized(16), "text-margin-y": (n) => (top(n) ? -11 : 11) * scale(n.cy().zoom()), "outline-width": 3, "outline-style": "solid", "outline-color": t.primary, "outline-offset": 4, "z-index": 10, color: t.text } },
    { selector: "node.focus", style: { "overlay-color": t["focus-out"], "overlay-opacity": 0.45, "overlay-padding": 7 } },
    { selector: ".hidden, .away", style: { display: "none" } },
  ];
}
