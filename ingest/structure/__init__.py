"""From what a format says of its text to the blocks of a document: lists, headings, lead-ins, joined lines."""
