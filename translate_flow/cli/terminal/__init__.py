"""How units, findings and refusals look on a terminal."""
