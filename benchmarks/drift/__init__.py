"""Edits with known truth: does each new segment get the translation that is its own?

``generator`` edits real pages and knows what it did, ``systems`` runs translate_flow
and its peers on them, ``scorer`` says who was right.
"""
