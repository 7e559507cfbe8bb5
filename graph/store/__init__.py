"""Where the graph lives: one interface (:mod:`graph.store.base`), one member for each kind of store."""
