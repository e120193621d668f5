"""The only part of labpress that asks the net, and only when a person tells it to. A build never does."""
