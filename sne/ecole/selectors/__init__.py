"""What the École reads."""
