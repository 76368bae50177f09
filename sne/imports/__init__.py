"""Many acts of a vendor's software in one file: received, checked, then done line by line by the ordinary acts.

An import is a job that may stop anywhere: its file is kept in batches of lines, each line does its act and writes its
report in one transaction. This module knows the file, its lines and their reports; what a line does is the interface's.
"""
