"""What a decision of the programme is and what may be said of it. Pure."""
