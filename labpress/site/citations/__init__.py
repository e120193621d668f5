"""The facts of a reference as one value, and every form in which the world wants to have them."""
