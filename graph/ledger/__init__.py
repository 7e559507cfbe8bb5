"""What people decided about a graph: an append-only ledger, applied over what was extracted, each entry of which can be undone."""
