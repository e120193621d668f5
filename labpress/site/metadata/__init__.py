"""What the head of a page tells search engines, reference managers and social sites."""
