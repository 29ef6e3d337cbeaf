"""Frozen records: profile, knowledge, rules, pack, result.

| module | holds |
| --- | --- |
| `base`, `dates`, `hierarchy` | what all records share |
| `conditions` | what a rule may ask of a profile |
| `profile` | one pain problem |
| `source`, `knowledge` | sources and the vocabulary of a pack |
| `rule`, `case` | the five kinds of rule, and scenarios |
| `teaching` | what cases and questions are told with |
| `pack` | all of that, frozen |
| `facts` | a profile in the terms of a pack, and what it makes of a condition |
| `result`, `comparison` | what an exploration, and a comparison of two, finds, as plain data |
"""
