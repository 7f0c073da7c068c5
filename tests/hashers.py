"""The portal's way of hashing with the least work it allows, for tests that sign in all the time."""

from django.contrib.auth.hashers import Argon2PasswordHasher

SETTING = ["tests.hashers.QuickArgon2"]


class QuickArgon2(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 8
    parallelism = 1
