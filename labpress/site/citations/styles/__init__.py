"""Citation styles: one module each, one function ``Reference -> HTML`` each, built from the same parts."""
