"""Tests of subscriptions and editions."""
