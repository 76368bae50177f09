"""The journal: one append-only entry per act, sealed in order, delivered to subscribers; it knows no other module."""
