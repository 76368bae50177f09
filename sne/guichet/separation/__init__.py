"""Screens of a couple's separation: started from the file that is left, examined by the territorial manager."""
