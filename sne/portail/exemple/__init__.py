"""A household that does not exist, for whoever wants to see the portal's pages as a household does: no table."""
