"""Tests of the site’s screens."""
