"""Tables of « vie »."""
