"""Acts on the lake."""
