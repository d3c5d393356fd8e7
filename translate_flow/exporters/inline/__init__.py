"""An article's texts as safe HTML: sentences, links, cells, blocks of HTML."""
