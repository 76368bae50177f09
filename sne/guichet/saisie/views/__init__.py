"""Screens of an application: load, call one action or selector, render."""
