"""What people write down, checked: dates, scales, parties, topics, statements, and their catalogue.

May import `tables`.
"""
