"""A bilingual publishing workflow for Korean and English articles."""

__version__ = "0.1.0"
