"""Dated parameters changed on the screen: proposed by one person, put in force by another, from a day to come."""
