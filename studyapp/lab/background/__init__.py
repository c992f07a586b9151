"""What a page does not wait for: a sweep, and the search for the smallest change. One worker does both."""
