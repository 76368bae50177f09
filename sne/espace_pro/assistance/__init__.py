"""Screens where help is asked for and given: lists, a new question, its thread, what level 2 keeps."""
