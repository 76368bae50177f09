"""Replay of past operations through the control of identity: what it would have held, let pass, ranked. No database."""
