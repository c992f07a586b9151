"""What a run looks like, as plain shapes with coordinates and words: no HTML, no Django."""
