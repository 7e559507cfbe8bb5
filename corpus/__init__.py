"""What the graph is built from: the catalogue of sources, the vocabularies, the samples, the messages, and how Dutch words are analysed.

Imports nothing else of Kluwen; every other package may import it.
"""
