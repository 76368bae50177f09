"""Dated parameters, proposed by one person and put in force by another."""
