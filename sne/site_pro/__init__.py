"""The professionals' site: pages written by one person and published by another, found in a minute, never out of date
without saying so.

A page has revisions; what is online at an instant is the last one whose day has come and that nothing withdrew since.
No job publishes.
"""
