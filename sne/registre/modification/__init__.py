"""One revision of an open demande: drafts, merge, preparation, writing."""
