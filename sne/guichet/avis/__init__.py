"""Changes that the territorial manager announces to a person, by a way that is safe."""
