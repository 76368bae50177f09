"""Questionnaires, named or anonymous, and what was decided from them."""
