"""Units that leave in another shape, and the answers that come back."""
