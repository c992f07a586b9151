"""A memory and a rating in, a memory and the day it is next due out. Pure: no clock, no chance that a key does not fix."""
