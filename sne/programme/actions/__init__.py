"""Writes of the programme: a decision put to the vote, a voice, what was decided, what follows, what proves it."""
