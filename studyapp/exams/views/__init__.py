"""Mock exams over HTTP."""
