"""The services, on this machine."""

import pytest

from tests.online.services import Services


@pytest.fixture
def services(monkeypatch):
    """A server of its own for each test; nothing goes past it, whatever the environment says of proxies."""
    monkeypatch.setenv("no_proxy", "*")
    server = Services()
    yield server
    server.close()
