"""The records of a data set, validated: dates, scales, parties, topics, statements and catalogue.

May import `tables`.
"""
