"""Django settings: base, that of the web processes, that of the tests."""
