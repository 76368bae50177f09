"""Tests of sign-in at a provider: rules, states, a provider that lies, one in a process of its own."""
