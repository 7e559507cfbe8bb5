"""The pages. Thin: they ask ``session`` for what the graph knows and show it with ``pieces``."""
