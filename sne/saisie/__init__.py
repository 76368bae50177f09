"""Typing an application, below every interface: pages, fields, composition, draft, recap; the content in words."""
