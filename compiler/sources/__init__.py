"""What people have: tables of files and databases, and schemas without data.

Every reader gives a `Source`, whatever it read: names as they are written there, types in the
words of a spec, and what was declared of keys and refs. `compiler.profiling` makes a spec of it;
`compiler.compare` holds generated data against it.
"""
