"""Cells: which server holds a territory, how a request reaches it, and how a territory moves from one to another."""
