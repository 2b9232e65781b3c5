"""Peer Drift Kit: a reflective curriculum about peer drift."""
