"""Office files: XML in a zip. Read with lxml itself, because libraries for them leave out notes, text boxes and changes."""
