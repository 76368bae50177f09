"""What may be counted: each measure written once, compiled for each engine."""

__all__ = []
