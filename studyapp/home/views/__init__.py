"""Home over HTTP."""
