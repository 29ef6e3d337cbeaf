"""Fuzzing: inputs without end, each of which has to give a correct answer or one of our errors, soon.

`targets` says what is done with an input and what has to hold; `guard` runs one within its limits; `mutate` and `drawn`
make inputs, and `guided` lets coverage find them; `run` runs all in turn: `make fuzz MINUTES=60`.
"""
