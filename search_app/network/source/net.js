// The tangle as a Streamlit component (v2): data in; `selected` (state) and `expand` (trigger) out. Nothing that stands moves when it grows.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { listen } from "./keyboard.js";
import { arrange, room } from "./labels.js";
import { flow, organic, star } from "./layout.js";
import { scale, style, tokens } from "./style.js";

cytoscape.use(fcose);
const views = new WeakMap();
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".net");
  let view = views.get(root);
  if (!view) views.set(root, (view = new View(root)));
  view.tell = (id) => setStateValue("selected", id);
  view.expand = (id) => setTriggerValue("expand", id);
  view.update(data);
  return () => {
    view.destroy();
    views.delete(root);
  };
}

class View {
  constructor(root) {
    this.root = root;
    this.box = root.querySelector(".net-canvas");
    this.live = root.querySelector(".net-live");
    this.layout = root.querySelector(".net-layout select");
    this.hidden = new Set();
    this.start = this.focused = this.data = null;
    const cy = (this.cy = cytoscape({ container: this.box, selectionType: "single", boxSelectionEnabled: false, minZoom: 0.1, maxZoom: 3 }));
    // not `onetap`: it waits for a second click, and choosing before unfolding does no harm
    cy.on("tap", "node", (e) => this.choose(e.target));
    cy.on("dbltap", "node", (e) => this.expand(e.target.id()));
    cy.on("mouseover", "node", (e) => { e.target.addClass("hover"); this.box.style.cursor = "pointer"; if (e.target.hasClass("quiet")) this.relabel(); });
    cy.on("mouseout", "node", (e) => { e.target.removeClass("hover"); this.box.style.cursor = ""; });
    cy.on("zoom", () => this.relabel());
    root.querySelector(".net-in").onclick = () => this.zoom(1.25);
    root.querySelector(".net-out").onclick = () => this.zoom(0.8);
    root.querySelector(".net-fit").onclick = () => this.fit();
    this.openOnly = root.querySelector(".net-has-open");
    this.openOnly.onclick = () => {
      this.openOnly.setAttribute("aria-pressed", String(this.openOnly.getAttribute("aria-pressed") !== "true"));
      this.ring();
    };
    root.querySelector(".net-png").onclick = () => this.save();
    this.layout.onchange = () => this.place();
    listen(this.box, this);
    this.resized = new ResizeObserver(() => this.resize());
    this.resized.observe(this.box);
    this.themed = new MutationObserver(() => this.restyle());
    const app = document.querySelector(".stApp");
    if (app) this.themed.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.onDark = () => setTimeout(() => this.restyle());
    this.dark.addEventListener("change", this.onDark);
    document.fonts?.ready.then(() => this.relabel());
    root.view = this;
  }

  destroy() {
    this.resized.disconnect();
    this.themed.disconnect();
    this.dark.removeEventListener("change", this.onDark);
    this.gone = true;
    this.cy.destroy();
  }

  get look() { return { small: this.small, font: getComputedStyle(this.root).fontFamily }; }
  get frame() { return { w: Math.max(200, this.box.clientWidth), h: Math.max(200, this.box.clientHeight) }; }

  update(data) {
    const { cy } = this, fresh = data.start !== this.start, before = new Set(cy.nodes().map((n) => n.id()));
    this.data = data;
    this.measure();
    const want = new Map([
      ...data.nodes.map((n) => [n.id, { group: "nodes", data: { ...n, size: 20 + 4 * Math.min(n.sources, 8), lines: n.short } }]),
      ...data.edges.map((e) => [e.id, { group: "edges", data: e }]),
    ]);
    if (fresh) cy.elements().remove();
    cy.batch(() => {
      cy.elements().forEach((element) => {
        const now = want.get(element.id());
        if (!now) element.remove();
        else element.data({ ...now.data, lines: element.data("lines") });
      });
      const anchor = cy.getElementById(data.selected ?? "").position?.() ?? { x: 0, y: 0 };
      for (const [id, element] of want) {
        if (cy.getElementById(id).length) continue;
        cy.add(element.group === "nodes" ? { ...element, position: { ...anchor } } : element);
      }
    });
    this.legend();
    this.filter();
    this.ring();
    this.restyle();
    this.box.setAttribute("aria-label", `Kluwen met ${data.nodes.length} punten en ${data.edges.length} verbanden`);
    this.start = data.start;
    this.select(cy.getElementById(data.selected ?? data.centre));
    const added = cy.nodes().filter((n) => !before.has(n.id()));
    if (fresh) this.place();
    else if (added.length) this.grow(added, before);
    this.relabel();
    this.root.dataset.nodes = cy.nodes().length;
    this.root.dataset.selected = data.selected ?? "";
  }

  measure() {
    const small = this.root.clientWidth > 0 && this.root.clientWidth < 560;
    const changed = small !== this.small;
    this.small = small;
    this.root.classList.toggle("small", small);
    this.box.style.height = `${small ? 500 : this.data.height}px`;
    this.root.querySelector(".net-phone").hidden = !small;
    this.cy.resize();
    return changed;
  }

  resize() {
    if (!this.data || this.gone || !this.box.clientWidth) return;
    const changed = this.measure(), width = this.box.clientWidth, before = this.width;
    this.width = width;
    if (changed || !before) {
      this.filter();
      this.place();
    } else if (Math.abs(width - before) > 0.1 * before) this.fit();
  }

  restyle() {
    if (this.gone) return;
    const { cy } = this;
    cy.style(style(this.root));
    this.root.dataset.ink = tokens(this.root).text;
    this.relabel();
  }

  legend() {
    const bar = this.root.querySelector(".net-kinds");
    if (!bar.childElementCount) {
      for (const { id, name } of this.data.kinds) {
        const button = document.createElement("button"), dot = document.createElement("i");
        button.type = "button";
        button.setAttribute("aria-pressed", "true");
        dot.className = `dot ${id}`;
        button.append(dot, name);
        button.onclick = () => {
          if (!this.hidden.delete(id)) this.hidden.add(id);
          button.setAttribute("aria-pressed", String(!this.hidden.has(id)));
          this.filter();
          this.relabel();
        };
        bar.append(button);
      }
    }
    const has = (name, there) => { this.root.querySelector(`.net-has-${name}`).hidden = !there; };
    has("inferred", this.data.edges.some((e) => e.origin === "inferred"));
    has("curated", this.data.edges.some((e) => e.origin === "curated"));
    has("open", this.data.nodes.some((n) => n.open));
    const flows = this.layout.querySelector('[value="flow"]');
    flows.disabled = this.data.nodes.length >= 300;
    if (flows.disabled && this.layout.value === "flow") this.layout.value = "organic";
  }

  // What is shown: the kinds that are on; on a small screen the start and its six weightiest neighbours.
  filter() {
    const { cy } = this;
    let close = null;
    if (this.small) {
      const start = cy.getElementById(this.data.centre);
      close = start.union(start.neighborhood("node").sort((a, b) => b.data("sources") - a.data("sources") || a.id().localeCompare(b.id())).slice(0, 6));
    }
    cy.batch(() => cy.nodes().forEach((n) => {
      n.toggleClass("hidden", this.hidden.has(n.data("kind")) && n.id() !== this.data.centre);
      n.toggleClass("away", !!close && !close.has(n));
    }));
  }

  // The ring around what no source has a solution for; off until asked, because in a young graph that is nearly everything.
  ring() {
    const on = this.openOnly.getAttribute("aria-pressed") === "true";
    this.cy.batch(() => this.cy.nodes().forEach((n) => { n.toggleClass("open", on && !!n.data("open")); }));
  }

  shown() { return this.cy.nodes().filter((n) => !n.hasClass("hidden") && !n.hasClass("away")); }

  place() {
    const { cy } = this, nodes = this.shown();
    if (!nodes.length || !this.box.clientWidth) return;
    const places = this.small ? star(cy, nodes, this.data.centre, this.frame)
      : this.layout.value === "flow" ? flow(cy, nodes, this.frame, this.look) : organic(cy, nodes, this.frame, this.look);
    cy.batch(() => nodes.forEach((n) => { n.position(places.get(n.id())); }));
    this.view(false);
    this.relabel();
    this.root.dataset.ready = "1";
  }

  grow(added, before) {
    const { cy } = this, nodes = this.shown();
    if (this.small) return this.place();
    const places = organic(cy, nodes, this.frame, this.look, before);
    cy.batch(() => nodes.forEach((n) => { if (!before.has(n.id())) n.position(places.get(n.id())); }));
    this.say(added.length === 1 ? "1 punt erbij" : `${added.length} punten erbij`);
    const box = added.renderedBoundingBox(), w = cy.width(), h = cy.height();
    if (box.x1 < 0 || box.y1 < 0 || box.x2 > w || box.y2 > h) this.view(true);
  }

  view(moving) {
    const { cy } = this, eles = this.shown();
    if (!eles.length) return;
    cy.stop();
    const { w, h } = this.frame, pad = 12;
    let box, zoom = 1;
    // the room of a label depends on the zoom, and the zoom on that room: a few rounds settle it
    for (let round = 0; round < 5; round++) {
      box = this.extent(eles, scale(zoom));
      zoom = Math.max(0.1, Math.min(1.15, (w - 2 * pad) / Math.max(1, box.w), (h - 2 * pad) / Math.max(1, box.h)));
    }
    const to = { zoom, pan: { x: w / 2 - zoom * (box.x1 + box.w / 2), y: h / 2 - zoom * (box.y1 + box.h / 2) } };
    if (moving && !still()) cy.animate({ ...to, duration: 150, complete: () => this.relabel() });
    else cy.viewport(to);
    this.relabel();
  }

  // The frame around nodes with the room of their labels, when these are drawn `size` times as large.
  extent(eles, size) {
    const rooms = eles.map((n) => {
      const { half, up, down } = room(n, this.look), r = n.data("size") / 2;
      return { ...n.position(), half: Math.max(r, half * size), up: Math.max(r, up * size), down: Math.max(r, down * size) };
    });
    const x1 = Math.min(...rooms.map((r) => r.x - r.half)), x2 = Math.max(...rooms.map((r) => r.x + r.half));
    const y1 = Math.min(...rooms.map((r) => r.y - r.up)), y2 = Math.max(...rooms.map((r) => r.y + r.down));
    return { x1, y1, w: x2 - x1, h: y2 - y1 };
  }

  fit() { this.view(true); }

  zoom(by) {
    const { cy } = this;
    cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  relabel() {
    if (this.due) return;
    this.due = requestAnimationFrame(() => {
      this.due = 0;
      if (!this.gone && this.data) arrange(this.cy, this.look);
    });
  }

  select(n) {
    const { cy } = this;
    cy.batch(() => {
      cy.elements().removeClass("near far");
      cy.nodes().unselect();
      if (!n?.length) return;
      n.select();
      const near = n.closedNeighborhood();
      near.addClass("near");
      cy.nodes().difference(near).addClass("far");
    });
  }

  choose(n) {
    if (n.selected() && this.root.dataset.selected === n.id()) return;
    this.select(n);
    this.focused = n;
    this.relabel();
    this.say(`Gekozen: ${n.data("words")}: ${n.data("label")}`);
    this.root.dataset.selected = n.id();
    this.tell(n.id());
  }

  home() {
    const start = this.cy.getElementById(this.data.centre);
    if (start.length) this.choose(start);
    this.view(true);
  }

  focus(n) {
    if (!n) return;
    const { cy } = this;
    cy.nodes(".focus").removeClass("focus");
    n.addClass("focus");
    this.focused = n;
    const links = n.connectedEdges(":visible").length;
    this.say(`${n.data("words")}: ${n.data("label")}, ${links === 1 ? "1 verband" : `${links} verbanden`}`);
    this.root.dataset.focus = n.id();
    const p = n.renderedPosition();
    if (p.x < 30 || p.y < 30 || p.x > cy.width() - 30 || p.y > cy.height() - 30) cy.animate({ center: { eles: n } }, { duration: still() ? 0 : 150 });
    this.relabel();
  }

  say(text) { this.live.textContent = text; }

  save() {
    const link = document.createElement("a");
    link.href = this.cy.png({ full: true, scale: 2, bg: tokens(this.root).surface, maxWidth: 6000, maxHeight: 6000 });
    link.download = "kluwen.png";
    link.click();
  }
}
