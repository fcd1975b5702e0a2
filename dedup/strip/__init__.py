"""Boilerplate out of pages and of text that was extracted from them."""
