"""What one file cannot know: whether ids are unique, references lead somewhere, and the simulator agrees."""
