# Currencies that groups make.
