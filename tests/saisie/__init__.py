"""Typing an application, below every interface."""
