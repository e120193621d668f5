"""Everything that touches the world: disk, network, terminal, browser, git."""
