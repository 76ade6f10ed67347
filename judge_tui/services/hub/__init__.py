"""The organiser's side of the local network: an optional hub that takes in what judges' laptops push and gives receipts back.

It needs the `hub` extra (uvicorn, cryptography; zeroconf to be found by name). Nothing else of the program does.
"""
