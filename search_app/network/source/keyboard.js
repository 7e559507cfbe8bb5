// The canvas by keyboard: arrows walk to the nearest point that way, Enter chooses, U (or space) unfolds, Escape goes back to the start.
const WAY = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function nearest(cy, from, [wx, wy]) {
  const p = from.position();
  let best = null, least = Infinity;
  cy.nodes(":visible").forEach((n) => {
    if (n.same(from)) return;
    const q = n.position(), dx = q.x - p.x, dy = q.y - p.y, along = dx * wx + dy * wy;
    if (along <= 0) return;
    const cost = Math.hypot(dx, dy) + 2 * Math.abs(dx * wy + dy * wx);
    if (cost < least) [best, least] = [n, cost];
  });
  return best;
}

export function listen(box, view) {
  const { cy } = view;
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const visible = cy.nodes(":visible");
    if (!visible.length) return;
    const here = view.focused?.visible() ? view.focused : null;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = {
      Enter: () => here && view.choose(here),
      " ": () => here && view.expand(here.id()),
      u: () => here && view.expand(here.id()),
      Escape: () => view.home(),
      "+": () => view.zoom(1.25), "=": () => view.zoom(1.25), "-": () => view.zoom(0.8), 0: () => view.fit(),
    }[key];
    if (WAY[key]) {
      const to = here ? nearest(cy, here, WAY[key]) : cy.nodes(":selected:visible")[0] ?? visible[0];
      if (to) view.focus(to);
    } else if (act) act();
    else return;
    event.preventDefault();
  });
  box.addEventListener("focus", () => { if (box.matches(":focus-visible")) view.focus(view.focused ?? cy.nodes(":selected:visible")[0] ?? cy.nodes(":visible")[0]); });
  box.addEventListener("blur", () => cy.nodes(".focus").removeClass("focus"));
}
