"""Keys of what is checked, and what is concluded. Pure."""
