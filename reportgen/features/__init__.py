"""features: which columns shape the segments, and how they are scaled."""
