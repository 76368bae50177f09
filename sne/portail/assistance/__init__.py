"""Asking the service for help from one's own pages."""
