"""What is true of text in any room: masks, markup, words, sentences, Korean."""
