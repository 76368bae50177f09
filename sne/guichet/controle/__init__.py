"""A change of contact allowed soon after a change of identity: the territorial manager's screen."""
