"""What claims say, one module for each family: the values that readers build and checkers take."""
