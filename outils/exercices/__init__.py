"""A production on this machine, and the blows it must stand: what an operator tries before a service is opened."""
