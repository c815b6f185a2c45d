print("koppel")
