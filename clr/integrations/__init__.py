"""Adapters to the trainers' own calling conventions; TRL's is that of `clr.Reward` itself.

No module here is named like a trainer: some put the folder of a plugin first on `sys.path`. Their
bases and decorators come from trainers that need not be installed, and so have no types to check.
"""
