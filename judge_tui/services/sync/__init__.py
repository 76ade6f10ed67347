"""The judge's side of the local network: what is written travels to the organiser's hub, notices and receipts come back.

Only the standard library and the core: nothing of the hub's own libraries is needed on a judge's laptop.
"""
