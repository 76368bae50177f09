"""Views of « lecture »."""
