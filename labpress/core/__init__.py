"""Values that every stage uses: diagnostics, files, text, names, dates. Standard library and msgspec only."""
