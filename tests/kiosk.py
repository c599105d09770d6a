"""One problem with a sound solution and a flawed one, for the tests of rewards."""

PROBLEM = "A kiosk sells 6 crates with 14 jars each and 9 crates with 8 jars each. How many jars?"
SOUND = "6 * 14 = 84 jars.\n\n9 * 8 = 72 jars.\n\n84 + 72 = 156. The answer is \\boxed{156}."
FLAWED = SOUND.replace("= 84", "= 94").replace("84 + 72", "94 + 72").replace("156", "166")
