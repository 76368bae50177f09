"""Tests of accounts, roles and sign-in."""
