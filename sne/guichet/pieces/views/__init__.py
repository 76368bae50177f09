"""Screens of the documents, one file for each: load, call one action or selector, render."""
