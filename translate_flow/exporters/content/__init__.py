"""What every edition says, whatever its format: sides, words, credits, colophon."""
