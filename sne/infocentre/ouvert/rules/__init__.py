"""Statistical secrecy: which figures a reader could deduce, and which must be hidden so that none can be. Pure."""
