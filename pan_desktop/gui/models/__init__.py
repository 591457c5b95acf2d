"""Thin table models."""
