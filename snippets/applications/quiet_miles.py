"""How far must cars drive without a death to show that they match people?"""

from math import log

deaths_per_mile = 1.09e-8  # with people at the wheel (Kalra and Paddock, 2016)
# worse drivers get that far without a death in less than 5% of all trials
miles = log(0.05) / log(1 - deaths_per_mile)
miles_a_year = 100 * 25 * 24 * 365  # 100 cars, 25 miles an hour, day and night
years = miles / miles_a_year

print(f"{miles / 1e6:.0f} million miles: {years:.1f} years with 100 cars")
