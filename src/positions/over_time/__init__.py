"""How positions and relations ran: timeline, history, convergence, the numbers that were named.

May import `relations`.
"""
