"""Demandes close to each other, found by night: the list and the decisions of the territorial manager."""
