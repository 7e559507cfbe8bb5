"""Texts to vectors: one interface, a bundled model that needs no network and no torch, and any sentence-transformers model."""
