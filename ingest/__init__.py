"""A file in, statements out: readers, structure, extraction, links. Knows nothing of stores."""
