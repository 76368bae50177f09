"""Views of « joindre »."""
