"""Foundation shared by every module: actor, clock, identifiers, encryption, embedded server, base templates."""
