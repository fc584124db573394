"""segment: is there structure, how many segments, how stable."""
