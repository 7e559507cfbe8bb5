"""Statements and the links between them, out of the blocks of a document."""
