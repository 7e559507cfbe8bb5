"""The numbers that search ranks with, in one place.

They were tuned together, by cross-validation, over paraphrase and keyword questions on palliative care and on other
fields; the optimum is flat, so they are round. tests/bench/score_search.py shows what they give.
"""

K1 = 1.2
B = 0.4
"""BM25's saturation and length normalisation (Robertson & Zaragoza 2009); statements are short, so length says little."""

LEAD_IN = 0.3
"""How much a list's lead-in counts beside the item itself, in words and in meaning."""

LIGHT = 0.4
"""What a word of denial, measure or time counts for against one that names a subject."""

CONCEPTS = 5.0
"""What a shared concept counts for against a shared word."""

MEANING = 0.13
"""What one standard deviation of cosine above unrelated texts counts for, where 1 is all words and concepts found."""

NEAR_WORDS = 1.4
"""What it counts for when each word of the question has one near it in the statement."""

NEAR_FROM = 0.15
"""The cosine of two words from which they lie near each other at all; 1 is the same word, and it rises evenly between."""

NEAR_SHOWN = 0.3
"""How near (0–1) two words must be to be shown as a reason."""

CONFIDENCE = 0.2
"""What a statement's confidence (0–1) counts for; at 0.5 it changes nothing."""

OPPOSITE, DENIED = 0.5, 0.05
"""What it counts against a statement that it says the opposite of what was asked, and that it doesn't deny what was."""

SCORE_SLOPE, SCORE_OFFSET = 1.86, -3.82
"""Logistic fit of the summed evidence to the share of such hits, among the first twenty, that people judged right."""

WEAK_LEAST, WEAK_BASE, WEAK_GROWTH = 0.42, 0.15, 0.08
"""Below ``base + growth · ln(statements)``, and in a small graph below ``least``, the best plain evidence is no more than chance finds in so many statements."""

MOST_TERMS, MOST_CONCEPTS = 48, 24
"""How many of a long question's terms and concepts are used, the rarest first."""

NOMINATED = 50
"""How many statements words, concepts and meaning each bring forward to be ranked."""

PASSAGE_WORDS = 0.5
"""The share of the question's words (by weight) that a passage must hold to be shown as a hit of its own."""
