"""Views of « vie »."""
