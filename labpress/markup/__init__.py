"""Source text in, every form of it out: LaTeX text, LaTeX math, Markdown, HTML, plain Unicode."""
