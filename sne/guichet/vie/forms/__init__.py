"""Forms of « vie »."""
