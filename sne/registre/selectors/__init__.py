"""Reads of the register, always within the actor's perimeter."""
