"""Django settings: base, and the test variant."""
