"""Pages to artifacts: theme lookup and the sealed Jinja environment."""
