"""Words of « vie »."""
