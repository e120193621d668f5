"""From papers to pages: catalog, routes, views, feeds. Values only; nothing is rendered or written here."""
