"""A demande that has to be kept secret no longer: the territorial manager's screen."""
