"""From a customer export to a segmentation report that proves every sentence."""

__version__ = "0.1.0"
