"""The numbers that search ranks with, in one place.

They were tuned together, by cross-validation, over paraphrase and keyword questions on palliative care and on other
fields; the optimum is flat, so they are round. tests/bench/score_search.py shows what they give.
"""

K1 = 1.2
B = 0.4
"""BM25's saturation and length normalisation (Robertson & Zaragoza 2009); statements are short, so length says little."""

LEAD_IN = 0.4
"""How much a list's lead-in counts beside the item itself, in words and in meaning."""

CONCEPTS = 2.5
"""What a shared concept counts for against a shared word."""

MEANING = 0.16
"""What one standard deviation of cosine above unrelated texts counts for, where 1 is all words and concepts found."""

SCORE_SLOPE, SCORE_OFFSET = 3.0, -3.75
"""Logistic fit of the summed evidence to the share of such hits, among the first twenty, that people judged right."""

WEAK_LEAST, WEAK_BASE, WEAK_GROWTH = 0.42, 0.09, 0.08
"""Below ``base + growth · ln(statements)``, and in a small graph below ``least``, the best evidence is no more than chance finds in so many statements."""

MOST_TERMS, MOST_CONCEPTS = 48, 24
"""How many of a long question's terms and concepts are used, the rarest first."""

NOMINATED = 50
"""How many statements words, concepts and meaning each bring forward to be ranked."""

PASSAGE_WORDS = 0.5
"""The share of the question's words (by weight) that a passage must hold to be shown as a hit of its own."""
