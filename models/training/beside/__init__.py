"""Texts beside the system prompts that they are put to, and how much an encoder that reads both makes of them."""
