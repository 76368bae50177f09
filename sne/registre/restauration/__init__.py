"""A demande put back as it was before a takeover."""
