"""Search in the browser: what its index is made from, and how a text becomes words."""
