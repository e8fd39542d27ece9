"""The demo region's month, played by the staff in their roles through the services and nothing else.

Every step first asks whether its fact is there, so a month that was cut off goes on where it
stopped and a month that was played is left as it is. Moments come from the month's schedule.
"""
