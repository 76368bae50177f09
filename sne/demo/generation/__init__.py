"""Seeded generator of the fictional territory: the same seed and day give the same households.

Names come from committed lists and are combined at random; social security numbers use places of birth that
INSEE never gave, phones the ranges that ARCEP keeps for fiction.
"""
