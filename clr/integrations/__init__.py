"""Adapters to the trainers' own calling conventions; TRL's is that of `clr.Reward` itself.

No module here is named like a trainer: some put the folder of a plugin first on `sys.path`.
"""
