"""Views of « depot »."""
