"""How fast a memory of any size answers, and what it misses, beside others.

Texts are real; a corpus that is larger than them is made of variations of them.
"""
