"""What may be asked and shown of monthly resources, how it is kept, in which words. Pure."""
