"""Corpus and Filters -> tables with their denominators. Statistics only: the rows come from core.store.

Every function says its columns under Shape. Columns of the same name mean the same everywhere:

articles      distinct articles
independent   distinct texts: a cluster of near-duplicates is one
outlet        outlet id, `unknown` where there is none; outlet_name is how to show it
published     ISO date as precise as it is known (`2024`, `2024-02`, `2024-02-21`), None when undated
period        datetime64, first day of the day, week (Monday) or month
low, high     ends of a 95 % interval; NaN where there is too little to say
"""
