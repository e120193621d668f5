"""Pictures as inline SVG, drawn when the site is built: no script, no style, the same bytes for the same values.

All of them are drawn in percent of the width and pixels of the height, without a ``viewBox``: they fill the column they
stand in while their letters keep the size the theme gives them, on a phone as on a wall. A theme colours them through
classes; without one they are plain ink.
"""
