"""Somebody who is known for certain, and the demande that is theirs."""
