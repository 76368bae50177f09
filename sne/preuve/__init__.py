"""Proof shown to others: checkpoints laid, stamped, sent to witnesses and published; the journal searched."""
