"""A household’s own history of its demande: what is told of each act, to whom, in which words. Pure."""
