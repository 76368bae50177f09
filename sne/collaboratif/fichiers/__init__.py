"""Files of a space: versions, remarks, readings; links to documents that are written elsewhere."""
