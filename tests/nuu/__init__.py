"""Tests of the SOAP interface."""
