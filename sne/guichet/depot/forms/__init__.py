"""Forms of « depot »."""
