"""The infocentre: what the register did, counted; figures that say how they are made."""
