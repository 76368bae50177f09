"""Monthly resources known to the administration: asked for, kept, shown while they are surely of the person."""
