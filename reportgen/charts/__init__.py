"""charts: one a file: numbers(study), draw(ax, numbers), alt(numbers)."""
