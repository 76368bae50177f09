"""Tests of « depot »."""
