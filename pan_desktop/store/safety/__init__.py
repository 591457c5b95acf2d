"""Copies, their way back, and what cannot be written for now."""
