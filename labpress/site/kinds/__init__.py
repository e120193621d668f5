"""One page kind per module, one signature: ``SiteContext -> Iterator[Page]``."""
