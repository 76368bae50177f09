"""Telling a household that its demande changed, and hearing « ce n’est pas moi »."""
