"""Schema of the decisions of the programme."""
