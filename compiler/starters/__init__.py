"""First specs by domain: a story and a few answers, written as a commented spec.

`templates/starter/` holds one template a domain. `--domain` and the questions of `scaffold new`
fill it with a story that is always the same; `--surprise` draws one from a seed.
"""
