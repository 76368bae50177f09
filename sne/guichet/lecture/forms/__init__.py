"""Forms of « lecture »."""
