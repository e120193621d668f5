"""One raw format per module, one signature: ``SourceFile -> Parsed[tuple[Record, ...]]``."""
