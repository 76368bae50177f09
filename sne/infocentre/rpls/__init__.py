"""RPLS: what landlords declare each year of their dwellings, to compare with the allocations of the register."""
